import type { IcsLine, IcsPart } from './ics-parts.ts';
import { readRule, type Rule } from './ics-rule.ts';
import {
  badLine,
  lengthBetween,
  lengthOf,
  parameterOf,
  readProperty,
  timeOf,
  wallIn,
  type IcsLength,
  type IcsProperty,
  type IcsTime,
  type ZoneFinder,
} from './ics-values.ts';
import { wallOf } from './ics-zones.ts';
import { shortName, unreadable } from './unreadable.ts';

/** A date that an event repeats on beside its rules, with a length of its own where it has one. */
export interface ExtraDate {
  readonly time: IcsTime;
  readonly length: IcsLength | null;
}

/** One event of a calendar (VEVENT), read but not yet repeated. */
export interface IcsEvent {
  readonly at: number;
  readonly uid: string;
  /** What people call it, `busy` where it says nothing. */
  readonly name: string;
  /** Whether it takes time: not cancelled, not transparent, and with a length. */
  readonly closes: boolean;
  readonly start: IcsTime;
  readonly length: IcsLength;
  readonly rules: readonly Rule[];
  readonly extra: readonly ExtraDate[];
  readonly excluded: readonly IcsTime[];
  /** The instance that it stands for; null for an event of its own. */
  readonly replaces: IcsTime | null;
  /** Whether it stands for all later instances too (RANGE=THISANDFUTURE). */
  readonly andLater: boolean;
}

const read = new Set([
  ...['UID', 'SUMMARY', 'STATUS', 'TRANSP', 'DTSTART', 'DTEND', 'DURATION'],
  ...['RRULE', 'RDATE', 'EXDATE', 'EXRULE', 'RECURRENCE-ID'],
]);

class Properties {
  readonly #lines: readonly IcsLine[];
  readonly #at: number;

  constructor(part: IcsPart) {
    this.#lines = part.lines.filter((line) => read.has(line.name));
    this.#at = part.at;
  }

  all(name: string): readonly IcsProperty[] {
    return this.#lines.filter((line) => line.name === name).map(readProperty);
  }

  first(name: string): IcsProperty | null {
    const line = this.#lines.find((one) => one.name === name);
    return line === undefined ? null : readProperty(line);
  }

  text(name: string): string {
    const value = this.first(name)?.values[0];
    return typeof value === 'string' ? value.trim() : '';
  }

  /** The name for people; one that can't be read is none. */
  name(): string {
    try {
      return shortName(this.text('SUMMARY')) || 'busy';
    } catch {
      return 'busy';
    }
  }

  get where(): string {
    return `the event “${this.name()}” at line ${String(this.#at)}`;
  }
}

function lengthIn(properties: Properties, start: IcsTime, zones: ZoneFinder): IcsLength {
  const end = properties.first('DTEND');
  if (end !== null) return lengthBetween(start, timeOf(end, end.values[0], zones));
  const duration = properties.first('DURATION');
  if (duration === null) return { days: start.isDate ? 1 : 0, seconds: 0 };
  const { days, seconds } = lengthOf(duration, duration.values[0]);
  // An event of whole days ends with a day, however its length is written.
  return start.isDate
    ? { days: days + Math.ceil(seconds / 86_400), seconds: 0 }
    : { days, seconds };
}

function extraDates(properties: Properties, zones: ZoneFinder): readonly ExtraDate[] {
  return properties.all('RDATE').flatMap((property) =>
    property.values.map((value) => {
      if (property.type !== 'period') return { time: timeOf(property, value, zones), length: null };
      if (!Array.isArray(value)) throw badLine(property.line, 'has a period without its end');
      const [from, to] = value as readonly unknown[];
      const time = timeOf(property, from, zones);
      const length = String(to).startsWith('P')
        ? lengthOf(property, to)
        : lengthBetween(time, timeOf(property, to, zones));
      return { time, length };
    }),
  );
}

/** Reads an event; what can't be read is refused with its line. */
export function readEvent(part: IcsPart, zones: ZoneFinder): IcsEvent {
  const properties = new Properties(part);
  const started = properties.first('DTSTART');
  if (started === null)
    throw unreadable(
      `can't be read: ${properties.where} has no start; export the calendar again, or take it out`,
    );
  if (properties.first('EXRULE') !== null)
    throw unreadable(
      `can't be read: ${properties.where} has an EXRULE, which calendars no longer use; write the dates it leaves out as EXDATE`,
    );
  const start = timeOf(started, started.values[0], zones);
  const { zone } = start;
  const length = lengthIn(properties, start, zones);
  const replaced = properties.first('RECURRENCE-ID');
  const lasts = length.days > 0 || length.seconds > 0;
  const extra = extraDates(properties, zones);
  return {
    at: part.at,
    uid: properties.text('UID'),
    name: properties.name(),
    closes:
      properties.text('STATUS').toUpperCase() !== 'CANCELLED' &&
      properties.text('TRANSP').toUpperCase() !== 'TRANSPARENT' &&
      (lasts || extra.some((one) => one.length !== null)),
    start,
    length,
    rules: properties
      .all('RRULE')
      .map((property) =>
        readRule(property, (second) => (zone === null ? second : wallOf(zone, second))),
      ),
    extra,
    excluded: properties
      .all('EXDATE')
      .flatMap((property) => property.values.map((value) => timeOf(property, value, zones))),
    replaces: replaced === null ? null : timeOf(replaced, replaced.values[0], zones),
    andLater: replaced !== null && parameterOf(replaced, 'range').toUpperCase() === 'THISANDFUTURE',
  };
}

/**
 * What tells an instance of an event from the others: the wall clock of the event's own zone; for
 * events of whole days the date. A date names every instance of that day.
 */
export function instanceKey(event: IcsEvent, time: IcsTime): string {
  const wall = wallIn(event.start.zone, time);
  return event.start.isDate || time.isDate ? dateKey(wall) : `at ${String(wall)}`;
}

/** The key of all instances on the day of a wall second. */
export function dateKey(wall: number): string {
  return `on ${String(Math.floor(wall / 86_400))}`;
}
