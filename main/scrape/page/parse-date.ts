import { compileDateFormat, type DateFormat, type DatePart } from './date-format.ts';
import { latinDigits } from './digits.ts';

/** The pieces of a date as numbers; a piece the format doesn't read is null. */
type Pieces = Readonly<Record<DatePart, number | null>>;

const isoPattern =
  /(?<!\d)(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T\s](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?\s*(?<offset>Z|[+−-]\d{2}(?::?\d{2})?)?)?(?!\d)/iu;

const isoFormat: DateFormat = {
  pattern: isoPattern,
  parts: new Set(['year', 'month', 'day', 'hour', 'minute', 'second', 'offset']),
  numberOf: compileDateFormat('yyyy-MM-dd ZZ', 'en').numberOf,
};

function piecesOf(format: DateFormat, text: string): Pieces | null {
  const groups = format.pattern.exec(text)?.groups;
  if (groups === undefined) return null;
  const piece = (part: DatePart): number | null => {
    const found = groups[part];
    return found === undefined ? null : format.numberOf(part, found);
  };
  return {
    year: piece('year'),
    month: piece('month'),
    day: piece('day'),
    weekday: null,
    hour: piece('hour'),
    minute: piece('minute'),
    second: piece('second'),
    fraction: null,
    meridiem: piece('meridiem'),
    offset: piece('offset'),
    epochSeconds: piece('epochSeconds'),
    epochMs: piece('epochMs'),
  };
}

// Not the contract's: its file brings zod along, which would slow every child's start.
function toInstant(atMs: number): string {
  return `${new Date(Math.floor(atMs / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

function hourOf({ hour, meridiem }: Pieces): number | null {
  if (hour === null || meridiem === null) return hour;
  return hour >= 1 && hour <= 12 ? (hour % 12) + meridiem : Number.NaN;
}

/** Midnight UTC of a calendar date, or null where that date doesn't exist. */
function dateMs(year: number, month: number, day: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.getTime() : null;
}

function within(value: number, most: number): boolean {
  return value >= 0 && value <= most;
}

function wireForm(pieces: Pieces): string | null {
  if (pieces.epochMs !== null) return toInstant(pieces.epochMs);
  if (pieces.epochSeconds !== null) return toInstant(pieces.epochSeconds * 1000);
  const { year, month, day, offset } = pieces;
  if (year === null || month === null || day === null) return null;
  const atMs = dateMs(year, month, day);
  if (atMs === null) return null;
  const date = new Date(atMs).toISOString().slice(0, 10);
  const hour = hourOf(pieces);
  if (hour === null) return date;
  const minute = pieces.minute ?? 0;
  const second = pieces.second ?? 0;
  if (!within(hour, 23) || !within(minute, 59) || !within(second, 59)) return null;
  if (offset === null) return date;
  return toInstant(atMs + ((hour * 60 + minute - offset) * 60 + second) * 1000);
}

/**
 * Reads the first date in a text: with a format, as its locale writes it; without one, ISO 8601. The
 * answer is `2026-11-21`, or the UTC instant `2026-11-21T06:45:00Z` where the text has a time with a
 * zone; a time without a zone names no instant, so its date alone is kept. Null where no such date
 * stands there or the date doesn't exist. Throws `DateFormatError` for a format it can't read.
 */
export function dateReader(
  format: string | undefined,
  locale: string,
): (text: string) => string | null {
  const compiled = format === undefined ? isoFormat : compileDateFormat(format, locale);
  const toLatin = latinDigits(locale);
  return (text) => {
    const pieces = piecesOf(compiled, toLatin(text));
    return pieces === null ? null : wireForm(pieces);
  };
}
