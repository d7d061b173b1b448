import ICAL, { type RecurData } from 'ical.js';
import { civilDate, dayNumber, daySeconds } from '../../schedule/civil.ts';
import { badLine, readTimeText, type IcsProperty } from './ics-values.ts';

/** When something repeats, in wall seconds of its own zone. */
export interface Rule {
  readonly property: IcsProperty;
  readonly data: RecurData;
  /** The last wall second that may be one; null for ever or by count. */
  readonly until: number | null;
}

/** How many steps may still be taken, before what is asked for and within it; beyond is too much. */
export interface Steps {
  past: number;
  left: number;
}

const steady: Readonly<Record<string, number>> = {
  SECONDLY: 1,
  MINUTELY: 60,
  HOURLY: 3_600,
  DAILY: daySeconds,
  WEEKLY: 7 * daySeconds,
};

/**
 * Reads a recurrence rule. `toWall` turns a UTC second into the wall clock of what repeats: UNTIL is
 * written in UTC. A date as UNTIL includes that day.
 */
export function readRule(property: IcsProperty, toWall: (second: number) => number): Rule {
  const data = property.values[0] as RecurData;
  const { until, ...rest } = data;
  if (typeof rest['freq'] !== 'string') throw badLine(property.line, 'has no FREQ');
  if (rest['count'] === 0) throw badLine(property.line, 'repeats no times');
  if (until === undefined) return { property, data: rest, until: null };
  const read = readTimeText(until);
  if (read === null) throw badLine(property.line, 'has an UNTIL that does not exist');
  const { wall, isDate, isUtc } = read;
  const last = isDate ? wall + daySeconds - 1 : isUtc ? toWall(wall) : wall;
  return { property, data: rest, until: last };
}

/**
 * Where to begin, so that a rule of many years isn't followed from its start: a whole number of its
 * own steps later, and before `from`. Months and years have no fixed length and few instances.
 */
function startNear(rule: Rule, start: number, from: number): number {
  const unit = steady[String(rule.data['freq'])];
  if (unit === undefined || rule.data['count'] !== undefined) return start;
  const step = unit * Number(rule.data['interval'] ?? 1);
  // ical.js gives its start as the first instance, fitting or not: that one has to lie before `from`.
  const steps = Math.floor((from - start) / step) - 1;
  return steps > 0 ? start + steps * step : start;
}

/** A yearly rule on 29 February means leap years; ical.js would go on to 1 March. */
function exactData(rule: Rule, start: number): RecurData {
  const { month, day } = civilDate(Math.floor(start / daySeconds));
  const plain = !Object.keys(rule.data).some((key) => key.startsWith('by'));
  if (rule.data['freq'] !== 'YEARLY' || month !== 2 || day !== 29 || !plain) return rule.data;
  return { ...rule.data, bymonth: 2, bymonthday: 29 };
}

function timeOfWall(wall: number): Parameters<typeof ICAL.Time.fromData>[0] {
  const day = Math.floor(wall / daySeconds);
  const second = wall - day * daySeconds;
  const [hour, minute] = [Math.floor(second / 3_600), Math.floor(second / 60) % 60];
  return { ...civilDate(day), hour, minute, second: second % 60, isDate: false };
}

/**
 * The wall seconds in `[from, to)` at which a rule repeats what starts at `start`, ordered, the start
 * itself left out. Each takes a step; without one left it is null: too many. A rule that contradicts
 * itself is refused.
 */
export function wallsOf(
  rule: Rule,
  start: number,
  from: number,
  to: number,
  steps: Steps,
): readonly number[] | null {
  const found: number[] = [];
  const until = Math.min(to - 1, rule.until ?? Infinity);
  try {
    const begin = startNear(rule, start, from);
    if (begin > until) return found;
    const recur = ICAL.Recur.fromData(exactData(rule, start));
    const iterator = recur.iterator(ICAL.Time.fromData(timeOfWall(begin)));
    for (let time = iterator.next(); time !== null; time = iterator.next()) {
      const day = dayNumber(time.year, time.month, time.day);
      const wall = day * daySeconds + time.hour * 3_600 + time.minute * 60 + time.second;
      if (wall > until) break;
      if (wall < from) steps.past -= 1;
      else steps.left -= 1;
      if (steps.past < 0 || steps.left < 0) return null;
      if (wall >= from && wall !== start) found.push(wall);
    }
  } catch {
    throw badLine(rule.property.line, 'is a rule that no date fits');
  }
  return found;
}
