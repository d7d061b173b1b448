import type { ScheduleAdvice } from '../../contract/preview.ts';
import { fromInstant } from '../../contract/time.ts';

/** Text without control characters: what a page says must not steer the terminal. */
export function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex -- exactly those are meant
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');
}

/** A text of several lines, each without control characters. */
export function plainLines(text: string): string {
  return text.split(/\r?\n/).map(plain).join('\n');
}

/**
 * Rows under aligned headings, two spaces between columns. Numbers and empty cells keep their place;
 * nothing is cut, a terminal wraps what is long.
 */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, ...rows.map((row) => row.map(plain))];
  const widths = headings.map((_, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  );
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Names and values, one a line, the values aligned. */
export function facts(entries: readonly (readonly [string, string])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length)) + 1;
  return entries.map(([name, value]) => `${`${name}:`.padEnd(width)} ${plain(value)}`).join('\n');
}

/** A length of time in its largest whole unit: `12 min`, `3 h`, `2 days`. */
export function lengthText(lengthMs: number): string {
  const seconds = Math.round(lengthMs / 1000);
  if (seconds < 90) return `${String(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${String(minutes)} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${String(hours)} h` : `${String(Math.round(hours / 24))} days`;
}

/** A duration with a digit for the short ones: `240 ms`, `1.4 s`, `3 min`. */
export function durationText(lengthMs: number): string {
  if (lengthMs < 1000) return `${String(Math.round(lengthMs))} ms`;
  return lengthMs < 90_000 ? `${(lengthMs / 1000).toFixed(1)} s` : lengthText(lengthMs);
}

/** When an instant is, seen from now: `in 12 min`, `3 h ago`. */
export function relative(instant: string, now: number): string {
  const distanceMs = fromInstant(instant) - now;
  if (Math.abs(distanceMs) < 1000) return 'now';
  return distanceMs > 0 ? `in ${lengthText(distanceMs)}` : `${lengthText(-distanceMs)} ago`;
}

/** A wall time with its offset, `2026-11-21T09:00:00+01:00`, as people read it: `Sat 2026-11-21 09:00`. */
export function wallTime(local: string): string {
  const date = local.slice(0, 10);
  const day = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' }).format(
    fromInstant(`${date}T00:00:00Z`),
  );
  const seconds = local.slice(16, 19);
  return `${day} ${date} ${local.slice(11, 16)}${seconds === ':00' ? '' : seconds}`;
}

/** A number of things: `1 row`, `2 rows`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}

const shownAdvice = 50;

/** Advice on schedules, a line each; of very much the first lines, and how many more there are. */
export function adviceLines(advice: readonly ScheduleAdvice[]): readonly string[] {
  const shown = advice.slice(0, shownAdvice);
  const more = advice.length - shown.length;
  return [
    ...shown.map(({ schedule, text }) => `advice  ${schedule}: ${plain(text)}`),
    ...(more === 0 ? [] : [`advice  and ${String(more)} more; --json prints all of it`]),
  ];
}
