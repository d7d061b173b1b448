import { dayNumber, daysInMonth, daySeconds, civilDate, weekdayOf } from '../schedule/civil.ts';

/** The day of the year on which an offset changes, as POSIX writes it. */
type RuleDay =
  | { readonly kind: 'month'; readonly month: number; readonly week: number; readonly day: number }
  /** 1 to 365; 29 February is never counted. */
  | { readonly kind: 'julian'; readonly day: number }
  /** 0 to 365. */
  | { readonly kind: 'zero'; readonly day: number };

interface RuleChange {
  readonly on: RuleDay;
  /** Seconds of the wall clock before the change, counted from midnight; may lie outside the day. */
  readonly at: number;
}

/** What a zone does for ever after: one offset, or two with the changes of each year. Seconds east. */
export interface PosixRule {
  readonly standard: number;
  readonly summer: {
    readonly offset: number;
    readonly start: RuleChange;
    readonly end: RuleChange;
  } | null;
}

const name = '(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)';
const length = String.raw`([+-]?\d{1,3}(?::\d{2}){0,2})`;
const change = String.raw`(M\d{1,2}\.\d\.\d|J?\d{1,3})(?:/${length})?`;
const pattern = new RegExp(`^${name}${length}(?:${name}${length}?,${change},${change})?$`);

/** At two in the morning, where nothing is said. */
const usualTime = '2';
const hourSeconds = 3_600;

function secondsOf(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number);
  const total = hours * hourSeconds + minutes * 60 + seconds;
  return text.startsWith('-') ? -total : total;
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

function readDay(text: string): RuleDay | null {
  if (text.startsWith('M')) {
    const [month = 0, week = 0, day = 0] = text.slice(1).split('.').map(Number);
    const isDay = within(month, 1, 12) && within(week, 1, 5) && within(day, 0, 6);
    return isDay ? { kind: 'month', month, week, day } : null;
  }
  const isJulian = text.startsWith('J');
  const day = Number(isJulian ? text.slice(1) : text);
  if (!within(day, isJulian ? 1 : 0, 365)) return null;
  return { kind: isJulian ? 'julian' : 'zero', day };
}

/**
 * Reads the rule at the end of a TZif file, `EST5EDT,M3.2.0,M11.1.0`: POSIX's TZ, with the hours from
 * -167 to 167 that RFC 8536 adds (section 3.3.1). Null where it is none. Summer time without its days is
 * none either: POSIX leaves open when it would be.
 */
export function readPosixRule(text: string): PosixRule | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, offset = '', summer, from, fromTime, to, toTime] = match;
  const standard = 0 - secondsOf(offset);
  if (from === undefined || to === undefined) return { standard, summer: null };
  const [start, end] = [readDay(from), readDay(to)];
  if (start === null || end === null) return null;
  return {
    standard,
    summer: {
      offset: summer === undefined ? standard + hourSeconds : 0 - secondsOf(summer),
      start: { on: start, at: secondsOf(fromTime ?? usualTime) },
      end: { on: end, at: secondsOf(toTime ?? usualTime) },
    },
  };
}

function dayIn(year: number, on: RuleDay): number {
  const newYear = dayNumber(year, 1, 1);
  switch (on.kind) {
    case 'zero':
      return newYear + on.day;
    case 'julian':
      return newYear + on.day - 1 + (on.day > 59 && daysInMonth(year, 2) === 29 ? 1 : 0);
    case 'month': {
      const first = dayNumber(year, on.month, 1);
      // POSIX counts weekdays from Sunday, `weekdayOf` from Monday.
      const found = first + ((on.day - weekdayOf(first) + 13) % 7) + (on.week - 1) * 7;
      return found < first + daysInMonth(year, on.month) ? found : found - 7;
    }
  }
}

/** The offset of a rule at an instant (epoch seconds), in seconds east of UTC. */
export function offsetByRule({ standard, summer }: PosixRule, second: number): number {
  if (summer === null) return standard;
  const { year } = civilDate(Math.floor(second / daySeconds));
  const instant = (of: number, { on, at }: RuleChange, before: number): number =>
    dayIn(of, on) * daySeconds + at - before;
  const changes = [year - 1, year, year + 1].flatMap((of) => [
    { at: instant(of, summer.end, summer.offset), offset: standard },
    { at: instant(of, summer.start, standard), offset: summer.offset },
  ]);
  // Stable, so that a summer that begins where the one before ended goes on.
  const past = changes.sort((a, b) => a.at - b.at).filter(({ at }) => at <= second);
  return past.at(-1)?.offset ?? standard;
}
