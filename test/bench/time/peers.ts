import { createRequire } from 'node:module';
import { CronTime } from 'cron';
import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import { DateTime } from 'luxon';
import type { Options as RuleOptions } from 'rrule';
import { nextInstants, nextSlots } from '../../../main/schedule/next-slots.ts';
import type { ActiveHours, Rhythm } from '../../../main/schedule/types.ts';
import type { Answer, Contender } from '../race.ts';

/** A function that answers "when next, after this instant?" (epoch ms). */
export type Ask = (afterMs: number) => Answer;

/** The names contenders go by. */
export const names = {
  instants: 'Jackdaw nextInstants(…, 1)',
  slots: 'Jackdaw nextSlots(…, 1), with its trace',
  croner: 'croner nextRun, the yardstick',
  cronParser: 'cron-parser 5, kept, reset + next',
  cron: 'cron, kept, getNextDateFrom',
  nodeSchedule: "node-schedule's engine (cron-parser 4)",
  rrule: 'rrule, after',
} as const;

/** The packages that take part. */
export const peerPackages = ['croner', 'luxon', 'cron-parser', 'cron', 'node-schedule', 'rrule'];

const requireHere = createRequire(import.meta.url);
const { RRule } = requireHere('rrule') as typeof import('rrule');

/** What is used of the cron-parser 4 that node-schedule brings along. */
interface OldParser {
  parseExpression(
    expression: string,
    options: { readonly tz: string },
  ): { reset(date: object): void; next(): { getTime(): number } };
}
type OldDate = new (date: Date, tz: string) => object;

const requireThere = createRequire(requireHere.resolve('node-schedule'));
const oldParser = requireThere('cron-parser') as OldParser;
const OldCronDate = requireThere('cron-parser/lib/date') as OldDate;

/** Our engine's answer as the alarm asks for it. */
export function askInstants(rhythm: Rhythm, hours: ActiveHours | null): Ask {
  return (afterMs) => nextInstants(rhythm, hours, afterMs, 1)[0] ?? null;
}

/** Our engine's answer as a screen asks for it, its reasons with it. */
export function askSlots(rhythm: Rhythm, hours: ActiveHours | null): Ask {
  return (afterMs) => nextSlots(rhythm, hours, afterMs, 1)[0]?.at ?? null;
}

/** croner by rule 3 of the design: its `no-wildcard` is what Jackdaw calls fixed. */
export function askCroner(expression: string, zone: string): Ask {
  const cron = new Cron(expression, { timezone: zone, fixedTimeRule: 'no-wildcard' });
  return (afterMs) => cron.nextRun(new Date(afterMs))?.getTime() ?? null;
}

/** cron-parser 5, the expression read once. */
export function askCronParser(expression: string, zone: string): Ask {
  const parsed = CronExpressionParser.parse(expression, { tz: zone });
  return (afterMs) => {
    parsed.reset(new Date(afterMs));
    return parsed.next().getTime();
  };
}

/** cron, also known as kelektiv's, the expression read once. */
export function askCron(expression: string, zone: string): Ask {
  const time = new CronTime(expression, zone);
  return (afterMs) => time.getNextDateFrom(new Date(afterMs), zone).toMillis();
}

/** What node-schedule computes its next invocation by, the expression read once. */
export function askNodeSchedule(expression: string, zone: string): Ask {
  const parsed = oldParser.parseExpression(expression, { tz: zone });
  return (afterMs) => {
    parsed.reset(new OldCronDate(new Date(afterMs), zone));
    return parsed.next().getTime();
  };
}

/** A recurrence rule as rrule writes it, without its beginning and its zone. */
export type RuleFields = Partial<Pick<RuleOptions, 'freq' | 'interval'>> & {
  readonly byhour?: number[];
  readonly byminute?: number[];
  readonly bysecond?: number[];
  readonly byweekday?: RuleOptions['byweekday'];
};

/** The days and frequencies of rrule, by name. */
export const rules = {
  minutely: RRule.MINUTELY,
  hourly: RRule.HOURLY,
  daily: RRule.DAILY,
  monthly: RRule.MONTHLY,
  workdays: [RRule.MO, RRule.TU, RRule.WE, RRule.TH, RRule.FR],
  lastFriday: [RRule.FR.nth(-1)],
};

/**
 * rrule in a zone. A rule walks from its beginning, so that each question has a rule of its own which
 * begins at the wall time of the question, as a careful user would write it.
 */
export function askRule(fields: RuleFields, zone: string): Ask {
  return (afterMs) => {
    const dtstart = DateTime.fromMillis(afterMs, { zone })
      .startOf('second')
      .setZone('utc', { keepLocalTime: true })
      .toJSDate();
    const rule = new RRule({ ...fields, dtstart, tzid: zone });
    return rule.after(new Date(afterMs))?.getTime() ?? null;
  };
}

/** Steps a plain cron on until an instant satisfies, as everyone writes it first. */
export function askUntil(next: Ask, isWanted: (atMs: number) => boolean): Ask {
  return (afterMs) => {
    for (let at = next(afterMs); at !== null; at = next(at)) if (isWanted(at)) return at;
    return null;
  };
}

/** The peers that read a cron expression; those that can't read this one are left out. */
export function cronPeers(expression: string, zone: string): readonly Contender[] {
  const makers: readonly (readonly [string, (expression: string, zone: string) => Ask])[] = [
    [names.cronParser, askCronParser],
    [names.cron, askCron],
    [names.nodeSchedule, askNodeSchedule],
  ];
  return makers.flatMap(([name, make]) => {
    try {
      return [{ name, ask: make(expression, zone) }];
    } catch {
      return [];
    }
  });
}
