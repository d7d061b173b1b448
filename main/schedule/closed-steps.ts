import { firstInWindows, isInWindows, outsideWindowsSince } from './active-hours.ts';
import { daySeconds, weekdayOf } from './civil.ts';
import { closedSpanAt, closedSpanFrom, type ClosedSpan } from './closed-times.ts';
import { dayOf, localOf, type Telling } from './telling.ts';
import type { Step } from './trace.ts';
import type { ClosedDate } from './week-windows.ts';

/** How many closed dates and times an explanation names; the rest is counted. */
const namedMost = 3;

/** A step, and the local second it belongs to, by which steps are put in order. */
interface Placed {
  readonly local: number;
  readonly step: Step;
}

function dateStep(date: number, closed: ClosedDate): Step {
  switch (closed.kind) {
    case 'excluded':
      return { code: 'excluded', date };
    case 'holidays':
      return { code: 'holiday', date, name: closed.name };
    case 'events':
      return { code: 'event-day', date, name: closed.name };
  }
}

/** The dates from one day to another that would have had a window but are closed. */
function closedDates({ open }: Telling, from: number, to: number): readonly Placed[] {
  const placed: Placed[] = [];
  for (let day = from; day <= to; day += 1) {
    const closed = open.closedDate(day);
    if (closed === null || (open.windows[weekdayOf(day)]?.length ?? 0) === 0) continue;
    placed.push({ local: day * daySeconds, step: dateStep(day, closed) });
  }
  return placed;
}

/** The events of a closed span between two instants that fall into windows. */
function eventsOf(telling: Telling, span: ClosedSpan, from: number, to: number): readonly Placed[] {
  const { open, rhythm } = telling;
  const { timezone } = rhythm;
  return span.parts.flatMap((part): Placed[] => {
    const opens = firstInWindows(open, timezone, Math.max(part.from, from));
    if (opens === null || opens >= Math.min(part.to, to)) return [];
    const [start, end] = [localOf(timezone, part.from), localOf(timezone, part.to)];
    return [{ local: start, step: { code: 'event', name: part.name, from: start, to: end } }];
  });
}

function eventsBetween(telling: Telling, from: number, to: number): readonly Placed[] {
  const { open, rhythm } = telling;
  const placed: Placed[] = [];
  for (let at = from; at < to;) {
    const span = closedSpanFrom(open.events, rhythm.timezone, at, to);
    if (span === null) break;
    placed.push(...eventsOf(telling, span, from, to));
    at = span.to;
  }
  return placed;
}

/** Which dates and events between two instants closed the hours, the first few by name. */
export function closuresBetween(telling: Telling, from: number, to: number): readonly Step[] {
  const { timezone } = telling.rhythm;
  const days = closedDates(telling, dayOf(localOf(timezone, from)), dayOf(localOf(timezone, to)));
  const steps = [...days, ...eventsBetween(telling, from, to)]
    .sort((one, other) => one.local - other.local)
    .map(({ step }) => step);
  const more = steps.length - namedMost;
  return more > 0 ? [...steps.slice(0, namedMost), { code: 'closed-more', count: more }] : steps;
}

/**
 * When the week's windows closed before an instant outside them; nothing where a window holds its
 * time of day, and only its date or an event, told by `closuresBetween`, is to blame.
 */
export function weekClosed(telling: Telling, at: number): readonly Step[] {
  const { open, rhythm, hours } = telling;
  const local = localOf(rhythm.timezone, at);
  const second = local - dayOf(local) * daySeconds;
  const week = open.windows[weekdayOf(dayOf(local))] ?? [];
  if (week.some((one) => one.from <= second && second < one.to)) return [];
  const since = outsideWindowsSince(open, rhythm.timezone, at);
  if (since === null) return [];
  return [{ code: 'closed', hours, at: localOf(rhythm.timezone, since - 1) + 1 }];
}

/** Why the hours are closed at one instant: its date, an event, or the week. */
export function closuresAt(telling: Telling, at: number): readonly Step[] {
  const { open, rhythm } = telling;
  const day = dayOf(localOf(rhythm.timezone, at));
  const closed = open.closedDate(day);
  const week = weekClosed(telling, at);
  if (closed !== null && week.length === 0) return [dateStep(day, closed)];
  if (isInWindows(open, rhythm.timezone, at)) {
    const span = closedSpanAt(open.events, rhythm.timezone, at);
    return span === null ? [] : eventsOf(telling, span, at, at + 1).map(({ step }) => step);
  }
  return week;
}
