import { kept } from '../../contract/kept.ts';
import { invalid } from '../../contract/result.ts';
import { durationMs } from '../../contract/time.ts';
import type { IntervalTrigger, Trigger } from '../../contract/trigger.ts';
import { dayNumberOf, daySeconds, secondOfDay } from './civil.ts';
import { calendarMonthDays, cronMonthDays, nextMonthDay } from './month-days.ts';
import { readCron } from './cron-grammar.ts';
import { combinedTimes, everyFromAnchor, listedTimes, type TimesOfDay } from './times-of-day.ts';

/** A trigger made ready: the same times of day on each of its days. */
export interface TriggerRule {
  /** Rule 3: fixed times outlive a gap and run once in a repeated hour; others follow the clock. */
  readonly fixed: boolean;
  /** The first of its days from `from` to `until`, both included, as day numbers. */
  readonly nextDay: (from: number, until: number) => number | null;
  readonly nextTime: TimesOfDay;
}

type CalendarTrigger = Extract<Trigger, { kind: 'calendar' }>;

const everyDay = (from: number, until: number): number | null => (from <= until ? from : null);

function intervalRule(trigger: IntervalTrigger): TriggerRule {
  const { every, anchor = '00:00', from = '1970-01-01', at = '00:00' } = trigger;
  if (!every.endsWith('d'))
    return {
      fixed: false,
      nextDay: everyDay,
      nextTime: everyFromAnchor(durationMs(every) / 1_000, secondOfDay(anchor)),
    };
  const first = dayNumberOf(from);
  const days = durationMs(every) / (daySeconds * 1_000);
  return {
    fixed: true,
    nextDay: (day, until) => {
      const found = first + Math.max(0, Math.ceil((day - first) / days)) * days;
      return found <= until ? found : null;
    },
    nextTime: listedTimes([secondOfDay(at)]),
  };
}

function calendarRule(trigger: CalendarTrigger): TriggerRule {
  const days = calendarMonthDays(trigger);
  return {
    fixed: true,
    nextDay: (from, until) => nextMonthDay(days, from, until),
    nextTime: listedTimes(trigger.at.map(secondOfDay)),
  };
}

/** Patterns are shared: croner's own object takes 80 kB, what is kept here about one. */
const cronRule = kept(2_000, (expression: string): TriggerRule => {
  const reading = readCron(expression);
  if (!reading.ok) throw invalid([{ path: 'trigger.expression', message: reading.message }]);
  const days = cronMonthDays(reading.pattern);
  const { hour, minute, second, isFixedTime } = reading.pattern;
  return {
    fixed: isFixedTime,
    nextDay: (from, until) => nextMonthDay(days, from, until),
    nextTime: combinedTimes(hour, minute, second),
  };
});

function onceRule(at: string): TriggerRule {
  const only = dayNumberOf(at);
  return {
    fixed: true,
    nextDay: (from, until) => (from <= only && only <= until ? only : null),
    nextTime: listedTimes([secondOfDay(at.slice(11))]),
  };
}

/** A trigger made ready for questions. A cron expression that can't be read is refused as `invalid`. */
export function triggerRule(trigger: Trigger): TriggerRule {
  switch (trigger.kind) {
    case 'interval':
      return intervalRule(trigger);
    case 'calendar':
      return calendarRule(trigger);
    case 'cron':
      return cronRule(trigger.expression);
    case 'once':
      return onceRule(trigger.at);
  }
}
