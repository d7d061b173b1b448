import type { ClosedView } from '../../contract/calendars.ts';
import { daySeconds } from '../schedule/civil.ts';
import { segmentAt } from '../schedule/offsets.ts';
import { localText } from '../schedule/zone-data.ts';
import type { KnownCalendar, YearSpan } from './known-calendar.ts';

type ShownTime = ClosedView['times'][number];

/** A stretch in wall seconds of the zone it is shown in, half-open. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly allDay: boolean;
  readonly name: string;
}

const mostShown = 20;

function dateText(day: number): string {
  return localText(day * daySeconds).slice(0, 10);
}

function wallText(wall: number): string {
  const text = localText(wall);
  return text.endsWith(':00') ? text.slice(0, 16) : text;
}

function yearsOf(span: YearSpan): readonly number[] {
  return Array.from({ length: span.to - span.from + 1 }, (_, index) => span.from + index);
}

function daysOf(calendar: KnownCalendar, span: YearSpan): readonly (readonly [number, string])[] {
  return yearsOf(span)
    .flatMap((year) => [...calendar.knownIn(year).days])
    .sort(([a], [b]) => a - b);
}

/** Closed days, those that follow one another under one name joined. */
function dayStretches(calendar: KnownCalendar, span: YearSpan): readonly Stretch[] {
  const joined: { from: number; to: number; allDay: boolean; name: string }[] = [];
  for (const [day, name] of daysOf(calendar, span)) {
    const from = day * daySeconds;
    const last = joined.at(-1);
    if (last?.name === name && last.to === from) last.to += daySeconds;
    else joined.push({ from, to: from + daySeconds, allDay: true, name });
  }
  return joined;
}

/** Closed times by the wall clock of a zone. Those around a new year are known to two years. */
function timeStretches(calendar: KnownCalendar, span: YearSpan, zone: string): readonly Stretch[] {
  const wallOf = (second: number, floating: boolean): number =>
    floating ? second : second + segmentAt(zone, second).offset;
  const found = new Map<string, Stretch>();
  for (const { from, to, floating, name } of yearsOf(span).flatMap(
    (year) => calendar.knownIn(year).times,
  ))
    found.set(`${String(from)} ${String(to)} ${String(floating)} ${name}`, {
      from: wallOf(from, floating),
      to: wallOf(to, floating),
      allDay: false,
      name,
    });
  return [...found.values()];
}

function shown({ from, to, allDay, name }: Stretch): ShownTime {
  return allDay
    ? { from: dateText(from / daySeconds), to: dateText(to / daySeconds - 1), allDay, name }
    : { from: wallText(from), to: wallText(to), allDay, name };
}

/**
 * What a form shows of calendars that have been read: at most 20 coming holidays, today's included,
 * and at most 20 closed times that aren't over. Whole days have the last day as their end, stretches
 * of time are half-open.
 */
export function closedView(
  calendars: readonly KnownCalendar[],
  span: YearSpan,
  zone: string,
  nowMs: number,
): Omit<ClosedView, 'faults'> {
  const nowSecond = Math.floor(nowMs / 1_000);
  const now = nowSecond + segmentAt(zone, nowSecond).offset;
  const today = Math.floor(now / daySeconds);
  const holidays = calendars.find(({ kind }) => kind === 'holidays');
  const events = calendars.find(({ kind }) => kind === 'events');
  const stretches =
    events === undefined
      ? []
      : [...dayStretches(events, span), ...timeStretches(events, span, zone)]
          .filter(({ to }) => to > now)
          .sort((a, b) => a.from - b.from || a.to - b.to);
  return {
    holidays: (holidays === undefined ? [] : daysOf(holidays, span))
      .filter(([day]) => day >= today)
      .slice(0, mostShown)
      .map(([day, name]) => ({ date: dateText(day), name })),
    calendar: events === undefined ? null : (events.about?.name ?? ''),
    events: events?.about?.events ?? 0,
    times: stretches.slice(0, mostShown).map(shown),
  };
}
