import { z } from 'zod';

/** The stable codes a refused or failed call answers with; scripts may rely on them. */
export const errorCodes = [
  'invalid',
  'not-found',
  'conflict',
  'not-leader',
  'busy',
  'read-only',
  'disk-full',
  'unauthorized',
  'too-large',
  'unsupported',
  'internal',
] as const;

/** A stable error code. */
export type ErrorCode = (typeof errorCodes)[number];

/** One thing wrong with an input: where (`schedules[0].trigger.every`, empty for the whole) and what to do. */
export const faultSchema = z.object({ path: z.string(), message: z.string() });

/** One thing wrong with an input. */
export type Fault = z.infer<typeof faultSchema>;

/** Why a call was refused: a code, one plain sentence, and for `invalid` every fault found. */
export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  /** One plain sentence: what, where, what to do. */
  readonly message: string;
  /** The path of the first fault, when the input was at fault. */
  readonly path?: string;
  /** All faults, in the order of the input. */
  readonly faults?: readonly Fault[];
}

/** The answer of every call, on every transport. Nothing is ever thrown across a process boundary. */
export type Result<T> = { readonly ok: true; readonly value: T } | Refusal;

/** The longest message there is; a longer one quotes what nobody would read. */
const longestMessage = 1_000;

/** One sentence on one line, whatever it quotes: what comes from a file may hold line ends, and megabytes. */
function sentence(text: string): string {
  const told = text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
  return told.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

/**
 * A refusal raised inside main, turned into a `Refusal` at the door of the calls. Its messages, and the
 * paths of its faults, are single lines.
 */
export class RefusedError extends Error {
  readonly code: ErrorCode;
  readonly path: string | undefined;
  readonly faults: readonly Fault[];

  constructor(code: ErrorCode, message: string, faults: readonly Fault[] = []) {
    super(sentence(message));
    this.name = 'RefusedError';
    this.code = code;
    this.faults = faults.map((fault) => ({
      path: sentence(fault.path),
      message: sentence(fault.message),
    }));
    this.path = this.faults[0]?.path;
  }
}

/** The refusal of an input with these faults; the first one is the message. */
export function invalid(faults: readonly Fault[]): RefusedError {
  const [first] = faults;
  if (first === undefined) throw new TypeError('a refusal needs at least one fault');
  const place = first.path === '' ? '' : `${first.path}: `;
  return new RefusedError('invalid', `${place}${first.message}`, faults);
}
