import { z } from 'zod';
import { kept } from './kept.ts';

const durationPattern = /^(\d{1,9})(s|m|h|d)$/;

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A length of time: one whole number and `s`, `m`, `h` or `d`, as in `30m`. */
export const durationSchema = z.string().regex(durationPattern, {
  error: 'write one whole number and s, m, h or d, for example 30m',
  // Later checks read the length and would throw on what isn't one.
  abort: true,
});

/**
 * The milliseconds of a duration such as `30m`. A `d` counts as 24 hours, so never use it for
 * calendar days.
 */
export function durationMs(text: string): number {
  const match = durationPattern.exec(text);
  if (match === null) throw new TypeError(`not a duration: ${text}`);
  return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}

/** A duration between two bounds, both included, each written as a duration. */
export function durationBetween(least: string, most: string) {
  return durationSchema.refine(
    (text) => durationMs(text) >= durationMs(least) && durationMs(text) <= durationMs(most),
    `use a length from ${least} to ${most}`,
  );
}

/** An instant on the wire: ISO 8601 in UTC with whole seconds, `2026-11-21T06:45:00Z`. */
export const instantSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'write an instant as 2026-12-01T09:00:00Z');

/** An instant as a person or a script writes it: ISO 8601 with an offset or `Z`. */
export const instantInputSchema = z.iso.datetime({
  offset: true,
  error: 'write an instant with its offset, for example 2026-12-01T09:00:00Z',
});

function upTo(most: number, after: string): readonly string[] {
  return Array.from({ length: most }, (_, number) => `${String(number).padStart(2, '0')}${after}`);
}

/** The parts of a time of day as an instant ends with them, `06:`, `45:` and `00Z`. */
const [hourTexts, minuteTexts, secondTexts] = [upTo(24, ':'), upTo(60, ':'), upTo(60, 'Z')];

/**
 * A day by its number since 1970 as an instant begins with it, `2026-11-21T`: the rows of a history share
 * a few dozen.
 */
const dayText = kept(1_000, (number: number) =>
  new Date(number * 86_400_000).toISOString().slice(0, -13),
);

/** The wire form of an instant given in epoch milliseconds; fractions of a second are cut off. */
export function toInstant(atMs: number): string {
  const seconds = Math.floor(atMs / 1_000);
  const number = Math.floor(seconds / 86_400);
  const second = seconds - number * 86_400;
  const minute = Math.floor(second / 60);
  const hour = hourTexts[Math.floor(minute / 60)] ?? '';
  const time = `${hour}${minuteTexts[minute % 60] ?? ''}${secondTexts[second % 60] ?? ''}`;
  return dayText(number) + time;
}

/** The wire form of an instant that may be absent. */
export function toInstantOrNull(atMs: number | null): string | null {
  return atMs === null ? null : toInstant(atMs);
}

/** Epoch milliseconds of an instant in any ISO 8601 form with an offset. */
export function fromInstant(text: string): number {
  return Date.parse(text);
}

/** A calendar date without a zone, `2026-12-25`; the 30th of February is refused. */
export const dateSchema = z.iso.date('write a date that exists, as 2026-12-25');

/** A local date and time without a zone, `2026-12-01T09:00`, seconds allowed. */
export const localTimeSchema = z.iso
  .datetime({ local: true, error: 'write a local date and time, as 2026-12-01T09:00' })
  .refine(
    (text) => !text.endsWith('Z'),
    'is in UTC; leave out the Z and write a time of the schedule’s zone',
  );

/** A time of day on a 24-hour clock, `09:00`. */
export const timeOfDaySchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day from 00:00 to 23:59');

/** The names found to be zones: building a formatter to find out takes 100 µs. */
const knownZones = new Set<string>();

/** Whether this machine's zone data knows an IANA zone by this name. */
export function isTimeZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  if (/^[+-]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    knownZones.add(name);
    return true;
  } catch {
    return false;
  }
}

/** An IANA time zone, `Europe/Berlin`. Offsets such as `+02:00` are refused: they know no daylight saving. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, 'is not a time zone known here; write one such as Europe/Berlin');
