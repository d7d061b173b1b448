import { sameValue } from '../../forms/same-value.ts';

/**
 * A document on its way out of a form: of the right shape, not yet checked by the contract's schema.
 */
export type Candidate = Record<string, unknown>;

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
