/**
 * A document on its way out of a form: of the right shape, not yet checked by the contract's schema.
 */
export type Candidate = Record<string, unknown>;

/** Whether two plain JSON values are equal, whatever the order of their keys. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every(
    (key) => Object.hasOwn(other, key) && sameValue(Reflect.get(one, key), Reflect.get(other, key)),
  );
}

/**
 * Writes one field of a candidate that began as a copy of the stored document.
 *
 * A field the document left out stays left out while the form holds what leaving it out means
 * (`implied`), and `undefined` takes the field out: an edit changes what a person changed, nothing
 * else.
 */
export function put(target: Candidate, key: string, value: unknown, implied?: unknown): void {
  if (!Object.hasOwn(target, key) && sameValue(value, implied)) return;
  if (value === undefined) Reflect.deleteProperty(target, key);
  else target[key] = value;
}

/** A text field's value for a field that may be left out: empty means left out. */
export function textOrNothing(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/**
 * The number a text field holds; empty means left out, and what is no number is handed on as it was
 * typed, so that the contract's schema says what is wrong with it.
 */
export function numberOrText(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const value = Number(trimmed);
  return Number.isNaN(value) ? text : value;
}
