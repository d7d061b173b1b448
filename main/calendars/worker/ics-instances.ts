import { daySeconds } from '../../schedule/civil.ts';
import { dateKey, instanceKey, type IcsEvent } from './ics-event.ts';
import { wallsOf, type Steps } from './ics-rule.ts';
import { wallIn, type IcsLength } from './ics-values.ts';
import { instantOf } from './ics-zones.ts';
import { unreadable } from './unreadable.ts';

/** One instance of an event: days of the calendar, or a stretch of time. */
export interface Instance {
  readonly name: string;
  readonly allDay: boolean;
  readonly floating: boolean;
  /** Seconds, half-open: of the wall clock for whole days and floating times, else of the epoch. */
  readonly from: number;
  readonly to: number;
}

/** A stretch of seconds, half-open. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How often one event, or a whole calendar, may close something in a year. */
export const mostTimesAYear = 10_000;

// The wall clock of a zone and UTC are less than a day apart, and an instance is told by its wall.
const slack = 2 * daySeconds;

function instanceAt(event: IcsEvent, name: string, wall: number, length: IcsLength): Instance {
  const { isDate, zone } = event.start;
  const end = wall + length.days * daySeconds;
  if (isDate) return { name, allDay: true, floating: true, from: wall, to: end };
  if (zone === null)
    return { name, allDay: false, floating: true, from: wall, to: end + length.seconds };
  const from = instantOf(zone, wall);
  const to = (length.days === 0 ? from : instantOf(zone, end)) + length.seconds;
  return { name, allDay: false, floating: false, from, to };
}

function tooOften(event: IcsEvent): Error {
  const most = mostTimesAYear.toLocaleString('en');
  return unreadable(
    `can't be read: the event “${event.name}” at line ${String(event.at)} repeats more than ${most} times a year; close those hours in the week instead, or take it out`,
  );
}

/** All starts of an event that may matter to a span, as wall seconds, with a length of their own. */
function startsOf(
  event: IcsEvent,
  from: number,
  to: number,
  steps: Steps,
): ReadonlyMap<number, IcsLength> {
  const starts = new Map<number, IcsLength>([[event.start.wall, event.length]]);
  for (const rule of event.rules) {
    const walls = wallsOf(rule, event.start.wall, from, to, steps);
    if (walls === null) throw tooOften(event);
    for (const wall of walls) starts.set(wall, event.length);
  }
  for (const { time, length } of event.extra)
    starts.set(wallIn(event.start.zone, time), length ?? event.length);
  return starts;
}

/** How later instances differ from a moment on: moved by seconds, with another name and length. */
interface Change {
  readonly from: number;
  readonly shift: number;
  readonly by: IcsEvent;
}

function changesOf(event: IcsEvent, others: readonly IcsEvent[]): readonly Change[] {
  return others
    .flatMap((by) => {
      if (!by.andLater || by.replaces === null) return [];
      const from = wallIn(event.start.zone, by.replaces);
      return [{ from, shift: wallIn(event.start.zone, by.start) - from, by }];
    })
    .sort((a, b) => a.from - b.from);
}

/** The longest an event lasts, in seconds. */
function longest(event: IcsEvent): number {
  const lengths = [event.length, ...event.extra.flatMap(({ length }) => length ?? [])];
  return Math.max(...lengths.map(({ days, seconds }) => days * daySeconds + seconds));
}

/**
 * The instances of an event that touch a span, its exceptions (events that stand for one of its
 * instances, or for all later ones) left out or changed. Those that stand for one are events of their
 * own, told beside it. Steps that run out mean that it repeats too often.
 */
export function instancesOf(
  event: IcsEvent,
  others: readonly IcsEvent[],
  span: Span,
  steps: Steps,
): readonly Instance[] {
  const changes = changesOf(event, others);
  const reach = Math.max(longest(event), ...changes.map(({ by }) => longest(by)));
  const shifts = changes.map(({ shift }) => shift);
  const from = span.from - slack - reach - Math.max(0, ...shifts);
  const to = span.to + slack - Math.min(0, ...shifts);
  const gone = new Set(event.excluded.map((time) => instanceKey(event, time)));
  for (const { replaces } of others) if (replaces !== null) gone.add(instanceKey(event, replaces));
  const found: Instance[] = [];
  for (const [wall, length] of startsOf(event, from, to, steps)) {
    const change = changes.findLast((one) => one.from <= wall);
    const left = gone.has(dateKey(wall)) || gone.has(`at ${String(wall)}`);
    if (left || !(change?.by ?? event).closes) continue;
    const instance =
      change === undefined
        ? instanceAt(event, event.name, wall, length)
        : instanceAt(event, change.by.name, wall + change.shift, change.by.length);
    if (instance.from < span.to && instance.to > span.from && instance.to > instance.from)
      found.push(instance);
  }
  return found;
}
