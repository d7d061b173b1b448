import { DateTime } from 'luxon';
import type { ActiveHours, Rhythm } from '../../../main/schedule/types.ts';
import { race, raceColumns, raceRows, standingOf, type Contender } from '../race.ts';
import { median, timesFaster } from '../statistics.ts';
import { atLeast, noDifference, type BenchOptions, type Part, type Target } from '../suite.ts';
import { figure, spreadText, type Table } from '../table.ts';
import {
  askCron,
  askCroner,
  askCronParser,
  askInstants,
  askNodeSchedule,
  askSlots,
  askUntil,
  names,
  type Ask,
} from './peers.ts';
import { instantsOf2026, twentyHolidays, zone } from './questions.ts';

/** A rhythm under active hours, in the ways it can be asked for. */
interface Case {
  readonly title: string;
  readonly plain: string;
  /** The windows folded into the pattern, which whole hours allow. */
  readonly folded: string;
  readonly every: string;
  readonly hours: ActiveHours;
  readonly weekdays: readonly number[];
  readonly openHours: readonly [from: number, to: number];
}

const officeDay = ['09:00-17:00'];

const cases: readonly Case[] = [
  {
    title: 'Every 30 s, Mon–Fri 09:00–17:00, 20 excluded holidays, New York',
    plain: '*/30 * * * * *',
    folded: '*/30 * 9-16 * * 1-5',
    every: '30s',
    hours: {
      name: 'Office hours',
      week: { mon: officeDay, tue: officeDay, wed: officeDay, thu: officeDay, fri: officeDay },
      closed: { dates: [...twentyHolidays] },
    },
    weekdays: [1, 2, 3, 4, 5],
    openHours: [9, 17],
  },
  {
    title: 'Every minute, only Sunday 02:00–03:00, New York',
    plain: '* * * * *',
    folded: '* 2 * * 0',
    every: '1m',
    hours: { name: 'Sunday night', week: { sun: ['02:00-03:00'] } },
    weekdays: [7],
    openHours: [2, 3],
  },
];

/** Whether an instant lies in the hours, asked of luxon, as a user would write it. */
function isInside({ weekdays, openHours, hours }: Case): (atMs: number) => boolean {
  const [from, to] = openHours;
  const dates = new Set(hours.closed?.dates);
  return (atMs) => {
    const local = DateTime.fromMillis(atMs, { zone });
    if (!weekdays.includes(local.weekday) || local.hour < from || local.hour >= to) return false;
    return !dates.has(local.toISODate() ?? '');
  };
}

/** The hours in the pattern already; an excluded date is left by a jump to its end. */
function askFolded({ folded, hours }: Case): Ask {
  const next = askCroner(folded, zone);
  const dates = new Set(hours.closed?.dates);
  return (afterMs) => {
    for (let at = next(afterMs); at !== null;) {
      const local = DateTime.fromMillis(at, { zone });
      if (!dates.has(local.toISODate() ?? '')) return at;
      at = next(local.endOf('day').toMillis());
    }
    return null;
  };
}

/** Sorted by how long they have to wait; the one in the middle. */
function typicalOf(questions: readonly number[], ask: Ask): number {
  const waits = questions.map((at) => (ask(at) ?? at) - at);
  const middle = median(waits);
  const off = waits.map((wait) => Math.abs(wait - middle));
  return questions[off.indexOf(Math.min(...off))] ?? 0;
}

function contendersOf(one: Case, questions: readonly number[], quick: boolean): Contender[] {
  const interval: Rhythm = {
    trigger: { kind: 'interval', every: one.every },
    timezone: zone,
    outside: 'skip',
  };
  const cron: Rhythm = { ...interval, trigger: { kind: 'cron', expression: one.plain } };
  const inside = isInside(one);
  const folded = askFolded(one);
  const few = questions.slice(0, 4);
  const typical = [typicalOf(few, folded)];
  const loop = (name: string, next: Ask, only: readonly number[]): Contender => ({
    name: `loop: ${name} until luxon says inside`,
    ask: askUntil(next, inside),
    only,
  });
  return [
    { name: names.croner, ask: askCroner(one.plain, zone) },
    { name: names.instants, ask: askInstants(interval, one.hours) },
    { name: `${names.instants}, as a cron`, ask: askInstants(cron, one.hours) },
    { name: names.slots, ask: askSlots(interval, one.hours) },
    { name: 'croner, hours folded into its pattern, luxon for holidays', ask: folded },
    loop('croner nextRun', askCroner(one.plain, zone), quick ? typical : few),
    loop('cron-parser 5', askCronParser(one.plain, zone), quick ? typical : few),
    ...(quick
      ? []
      : [
          loop('cron', askCron(one.plain, zone), typical),
          loop("node-schedule's engine", askNodeSchedule(one.plain, zone), typical),
        ]),
  ];
}

function runCase(one: Case, options: BenchOptions) {
  options.say(one.title);
  const questions = instantsOf2026(options.quick ? 128 : 512);
  const contenders = contendersOf(one, questions, options.quick);
  const standings = race(contenders, questions, askFolded(one), options);
  const yardstick = standingOf(standings, names.croner);
  const ours = standings.filter(({ name }) => name.startsWith('Jackdaw'));
  const targets: Target[] = ours.flatMap(({ name, micros, differences, asked }) => {
    const faster = timesFaster(yardstick.micros, micros);
    const what = `${name}: ${one.title}`;
    return [
      atLeast(what, 5, faster.median, spreadText(faster)),
      noDifference(what, differences, asked),
    ];
  });
  const rows = raceRows(standings, yardstick).map((row, index) =>
    index === 0 ? [...row.slice(0, 3), 'another question'] : row,
  );
  const naive = standings.find(({ name }) => name.startsWith('loop: croner'));
  const alarm = standingOf(standings, names.instants);
  const table: Table = {
    title: one.title,
    columns: raceColumns,
    rows,
    notes: [
      `The reference is the folded pattern; nextInstants is ${figure(
        timesFaster(naive?.micros ?? [], alarm.micros).median,
      )} × faster than the loop on croner, on questions of its own.`,
    ],
  };
  return { table, targets, data: { title: one.title, standings } };
}

/**
 * The next slot under active hours, against a bare `croner.nextRun` on the plain cron, which doesn't
 * know of hours at all, and against what a user would write around it.
 */
export function activeHoursPart(options: BenchOptions): Part {
  const done = cases.map((one) => runCase(one, options));
  return {
    tables: done.map(({ table }) => table),
    targets: done.flatMap(({ targets }) => targets),
    data: { activeHours: done.map(({ data }) => data) },
  };
}
