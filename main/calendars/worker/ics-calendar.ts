import { dayNumber, daySeconds } from '../../schedule/civil.ts';
import type { ClosedTime, ClosedYear } from '../../schedule/closed-calendar.ts';
import { fileZones } from './file-zones.ts';
import { readEvent, type IcsEvent } from './ics-event.ts';
import { instancesOf, mostTimesAYear, type Instance } from './ics-instances.ts';
import { readParts, type IcsPart } from './ics-parts.ts';
import { readProperty } from './ics-values.ts';
import { shortName, unreadable } from './unreadable.ts';

/** What a calendar closes in some years, and what it is. */
export interface IcsYears {
  readonly years: ReadonlyMap<number, ClosedYear>;
  /** The calendar's own name, empty where it has none. */
  readonly name: string;
  /** How many of its events close something, a recurring one counted once. */
  readonly events: number;
}

// A rule that counts its instances is followed from its start: a hundred thousand are daily since 1753.
const stepsOfPast = 100_000;

interface OpenYear {
  readonly days: Map<number, string>;
  readonly times: ClosedTime[];
}

/** The calendar's name: X-WR-CALNAME, which most programs write, or NAME (RFC 7986). */
function nameOf(calendars: readonly IcsPart[]): string {
  for (const line of calendars.flatMap((calendar) => calendar.lines)) {
    if (line.name !== 'X-WR-CALNAME' && line.name !== 'NAME') continue;
    const name = shortName(String(readProperty(line).values[0]).replace(/\\([,;\\])/g, '$1'));
    if (name !== '') return name;
  }
  return '';
}

function partsOf(calendars: readonly IcsPart[], name: string): readonly IcsPart[] {
  return calendars.flatMap((calendar) => calendar.parts.filter((part) => part.name === name));
}

/** Events by their UID; one without is alone. */
function families(events: readonly IcsEvent[]): readonly (readonly IcsEvent[])[] {
  const byUid = new Map<string, IcsEvent[]>();
  for (const event of events) {
    const key = event.uid === '' ? `line ${String(event.at)}` : `uid ${event.uid}`;
    byUid.set(key, [...(byUid.get(key) ?? []), event]);
  }
  return [...byUid.values()];
}

function firstSecond(year: number): number {
  return dayNumber(year, 1, 1) * daySeconds;
}

/** Enters an instance into the years it touches, those of a stretch of time a day wider. */
function enter(years: ReadonlyMap<number, OpenYear>, instance: Instance): void {
  const { name, floating, from, to } = instance;
  for (const [year, { days, times }] of years) {
    const [start, end] = [firstSecond(year), firstSecond(year + 1)];
    if (instance.allDay) {
      const last = Math.min(to, end);
      for (let wall = Math.max(from, start); wall < last; wall += daySeconds) {
        const day = wall / daySeconds;
        if (!days.has(day)) days.set(day, name);
      }
    } else if (from < end + daySeconds && to > start - daySeconds)
      times.push({ from, to, floating, name });
    if (times.length + days.size > mostTimesAYear)
      throw unreadable(
        `can't be read: it closes more than ${mostTimesAYear.toLocaleString('en')} times in ${String(year)}; take out what isn't needed`,
      );
  }
}

/**
 * Reads a calendar, all of it or nothing: what it closes in the years `from` to `to`, both included.
 * Events alone count; tasks, journals and free-busy times don't. A text that is no calendar, that can't be
 * read, or that repeats too often is refused with a sentence that says where.
 */
export function readIcs(text: string, from: number, to: number): IcsYears {
  const calendars = readParts(text);
  const count = to - from + 1;
  const span = { from: firstSecond(from) - daySeconds, to: firstSecond(to + 1) + daySeconds };
  const steps = { past: stepsOfPast, left: stepsOfPast };
  const zones = fileZones(partsOf(calendars, 'VTIMEZONE'), span.to + 400 * daySeconds, steps);
  const events = partsOf(calendars, 'VEVENT').map((part) => readEvent(part, zones));
  const years = new Map(
    Array.from({ length: count }, (_, index): [number, OpenYear] => [
      from + index,
      { days: new Map(), times: [] },
    ]),
  );
  for (const family of families(events)) {
    const others = family.filter((event) => event.replaces !== null);
    for (const event of family) {
      const budget = { past: stepsOfPast, left: mostTimesAYear * (count + 2) };
      // Only an event of its own repeats; one that stands for an instance is that one.
      const told =
        event.replaces === null
          ? instancesOf(event, others, span, budget)
          : instancesOf({ ...event, rules: [], extra: [] }, [], span, budget);
      for (const instance of told) enter(years, instance);
    }
  }
  for (const { times } of years.values()) times.sort((a, b) => a.from - b.from || a.to - b.to);
  const closing = families(events).filter((family) => family.some((event) => event.closes));
  return { years, name: nameOf(calendars), events: closing.length };
}
