import { civilDate, dayNumber, daySeconds } from './civil.ts';
import type { ClosedCalendar, ClosedTime } from './closed-calendar.ts';
import { segmentAt, type Segment } from './offsets.ts';

/** A stretch that calendars close, in whole epoch seconds, half-open: what touched or overlapped is one. */
export interface ClosedSpan {
  readonly from: number;
  readonly to: number;
  /** The closed times it is made of, by their start; their instants are those of the zone. */
  readonly parts: readonly { readonly from: number; readonly to: number; readonly name: string }[];
}

const noSpans: readonly ClosedSpan[] = [];

type Part = ClosedSpan['parts'][number];

/** The stretches of constant offset of a year and the days around it. */
function stretchesOf(zone: string, year: number): readonly Segment[] {
  const stretches: Segment[] = [];
  const last = (dayNumber(year + 1, 1, 1) + 1) * daySeconds;
  for (let at = (dayNumber(year, 1, 1) - 1) * daySeconds; at < last;) {
    const stretch = segmentAt(zone, at);
    stretches.push(stretch);
    at = stretch.end;
  }
  return stretches;
}

/**
 * The instants at which a closed time holds. A floating one holds whenever the wall clock stands inside
 * it: twice where that time repeats, not at all in a gap.
 */
function instantsOf(time: ClosedTime, stretches: readonly Segment[]): readonly Part[] {
  const { from, to, floating, name } = time;
  if (!floating) return [{ from, to, name }];
  return stretches.flatMap(({ start, end, offset }): Part[] => {
    const [opens, closes] = [Math.max(from - offset, start), Math.min(to - offset, end)];
    return opens < closes ? [{ from: opens, to: closes, name }] : [];
  });
}

/** Sorts closed times and unites those that touch or overlap. */
function united(parts: readonly Part[]): readonly ClosedSpan[] {
  const spans: { from: number; to: number; readonly parts: Part[] }[] = [];
  for (const part of [...parts].sort((a, b) => a.from - b.from)) {
    const last = spans.at(-1);
    if (last === undefined || part.from > last.to)
      spans.push({ from: part.from, to: part.to, parts: [part] });
    else {
      last.to = Math.max(last.to, part.to);
      last.parts.push(part);
    }
  }
  return spans;
}

/** The spans by calendars, zone and year; only years that all calendars know are kept. */
const kept = new WeakMap<
  readonly ClosedCalendar[],
  Map<string, Map<number, readonly ClosedSpan[]>>
>();

function yearsOf(
  calendars: readonly ClosedCalendar[],
  zone: string,
): Map<number, readonly ClosedSpan[]> {
  const byZone = kept.get(calendars) ?? new Map<string, Map<number, readonly ClosedSpan[]>>();
  kept.set(calendars, byZone);
  const years = byZone.get(zone) ?? new Map<number, readonly ClosedSpan[]>();
  byZone.set(zone, years);
  return years;
}

function spansIn(
  calendars: readonly ClosedCalendar[],
  zone: string,
  year: number,
): readonly ClosedSpan[] {
  if (calendars.length === 0) return noSpans;
  const byYear = yearsOf(calendars, zone);
  const known = byYear.get(year);
  if (known !== undefined) return known;
  const years = calendars.map((calendar) => calendar.closedIn(year));
  const times = years.flatMap((closed) => closed?.times ?? []);
  const stretches = times.some(({ floating }) => floating) ? stretchesOf(zone, year) : [];
  const spans =
    times.length === 0 ? noSpans : united(times.flatMap((time) => instantsOf(time, stretches)));
  if (!years.includes(undefined)) byYear.set(year, spans);
  return spans;
}

function yearOf(second: number): number {
  return civilDate(Math.floor(second / daySeconds)).year;
}

/** The first index whose span ends after a second. */
function firstEndingAfter(spans: readonly ClosedSpan[], second: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? 0) <= second) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The closed span that holds an instant, or null. It may go on in a span of its own in another year. */
export function closedSpanAt(
  calendars: readonly ClosedCalendar[],
  zone: string,
  second: number,
): ClosedSpan | null {
  const spans = spansIn(calendars, zone, yearOf(second));
  const span = spans[firstEndingAfter(spans, second)];
  return span !== undefined && span.from <= second ? span : null;
}

/** The first closed span that ends after `second` and begins before `until`, or null. */
export function closedSpanFrom(
  calendars: readonly ClosedCalendar[],
  zone: string,
  second: number,
  until: number,
): ClosedSpan | null {
  const last = yearOf(until);
  for (let year = yearOf(second); year <= last; year += 1) {
    const spans = spansIn(calendars, zone, year);
    const span = spans[firstEndingAfter(spans, second)];
    if (span !== undefined) return span.from < until ? span : null;
  }
  return null;
}

/** The end of the last closed span that ends at or before `second` and after `limit`, or null. */
export function closedSpanEndBefore(
  calendars: readonly ClosedCalendar[],
  zone: string,
  second: number,
  limit: number,
): number | null {
  const first = Math.max(yearOf(limit), 1);
  for (let year = yearOf(second); year >= first; year -= 1) {
    const spans = spansIn(calendars, zone, year);
    const span = spans[firstEndingAfter(spans, second) - 1];
    if (span !== undefined) return span.to > limit ? span.to : null;
    if (dayNumber(year, 1, 1) * daySeconds <= limit) return null;
  }
  return null;
}
