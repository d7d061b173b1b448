/** Marks the end of an exhaustive switch: a new case that isn't handled doesn't compile. */
export function assertNever(value: never): never {
  throw new TypeError(`not handled: ${JSON.stringify(value)}`);
}
