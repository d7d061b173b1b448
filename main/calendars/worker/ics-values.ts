import ICAL from 'ical.js';
import { daySeconds, dayNumber, daysInMonth } from '../../schedule/civil.ts';
import type { IcsLine } from './ics-parts.ts';
import { instantOf, utc, wallOf, type Zone } from './ics-zones.ts';
import { unreadable } from './unreadable.ts';

/** A date or a time as a calendar writes it. */
export interface IcsTime {
  /** Seconds of its wall clock, as if that were UTC; of a date its midnight. */
  readonly wall: number;
  readonly isDate: boolean;
  /** The zone of the wall clock; null for a date and for a floating time. */
  readonly zone: Zone | null;
}

/** How long an event lasts: days of the calendar, then seconds that pass. */
export interface IcsLength {
  readonly days: number;
  readonly seconds: number;
}

/** Finds the zone that a TZID names, or refuses it. */
export type ZoneFinder = (name: string) => Zone;

/** One property, read by ical.js. */
export interface IcsProperty {
  readonly line: IcsLine;
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  readonly type: string;
  readonly values: readonly unknown[];
}

/** The refusal of a line, which it quotes, with the reason. */
export function badLine(line: IcsLine, reason: string): Error {
  const quoted = line.text.length > 80 ? `${line.text.slice(0, 79)}…` : line.text;
  return unreadable(
    `can't be read: line ${String(line.at)} (“${quoted}”) ${reason}; export the calendar again, or mend that line`,
  );
}

/** Reads one line. One that is no property, or whose value isn't of its kind, is refused. */
export function readProperty(line: IcsLine): IcsProperty {
  try {
    const [, parameters, type, ...values] = ICAL.parse.property(line.text.trimEnd());
    return { line, parameters, type, values };
  } catch {
    throw badLine(line, `is no ${line.name} as calendars write it`);
  }
}

/** A parameter's text, empty where it isn't there. */
export function parameterOf(property: IcsProperty, name: string): string {
  const value = property.parameters[name] ?? '';
  return typeof value === 'string' ? value : (value[0] ?? '');
}

const timePattern = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(Z)?)?$/;

/** The wall seconds of a time as jCal writes it, and how it is meant; null for one that isn't. */
export function readTimeText(
  text: unknown,
): { readonly wall: number; readonly isDate: boolean; readonly isUtc: boolean } | null {
  const match = timePattern.exec(String(text));
  if (match === null) return null;
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  const [hour = 0, minute = 0, second = 0] = match.slice(4, 7).map((part) => Number(part));
  const isDate = match[4] === undefined;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  const wall = dayNumber(year, month, day) * daySeconds;
  if (isDate) return { wall, isDate, isUtc: false };
  // A leap second is the one before it: no clock here shows it.
  if (hour > 23 || minute > 59 || second > 60) return null;
  const time = hour * 3_600 + minute * 60 + Math.min(second, 59);
  return { wall: wall + time, isDate, isUtc: match[7] !== undefined };
}

/** The time that a property's value tells, in the zone that its TZID names. */
export function timeOf(property: IcsProperty, value: unknown, zones: ZoneFinder): IcsTime {
  const read = readTimeText(value);
  if (read === null) throw badLine(property.line, 'has a date or time that does not exist');
  const { wall, isDate, isUtc } = read;
  if (isDate) return { wall, isDate, zone: null };
  const name = parameterOf(property, 'tzid');
  return { wall, isDate, zone: isUtc ? utc : name === '' ? null : zones(name) };
}

/** The length that a text such as `P1DT2H` tells; a negative one is none. */
export function lengthOf(property: IcsProperty, value: unknown): IcsLength {
  const text = String(value);
  if (!ICAL.Duration.isValueString(text)) throw badLine(property.line, 'has no length');
  const read = ICAL.Duration.fromString(text);
  if (read.isNegative) return { days: 0, seconds: 0 };
  return {
    days: read.weeks * 7 + read.days,
    seconds: read.hours * 3_600 + read.minutes * 60 + read.seconds,
  };
}

/**
 * The length from a start to an end. Of times with a zone it is what passes between them, as RFC 5545
 * section 3.8.5.3 has it for every repetition; of floating ones what the wall clock counts.
 */
export function lengthBetween(start: IcsTime, end: IcsTime): IcsLength {
  if (start.isDate) {
    const days = Math.ceil((end.wall - start.wall) / daySeconds);
    // Some programs write the same day as the end of a day.
    return { days: days === 0 ? 1 : Math.max(0, days), seconds: 0 };
  }
  const zone = end.zone ?? start.zone;
  const seconds =
    start.zone === null || zone === null
      ? end.wall - start.wall
      : instantOf(zone, end.wall) - instantOf(start.zone, start.wall);
  return { days: 0, seconds: Math.max(0, seconds) };
}

/** What the wall clock of `zone` shows at a time; floating ones and dates are its own already. */
export function wallIn(zone: Zone | null, time: IcsTime): number {
  if (time.zone === null || zone === null || time.zone === zone) return time.wall;
  return wallOf(zone, instantOf(time.zone, time.wall));
}
