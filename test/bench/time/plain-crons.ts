import type { Rhythm } from '../../../main/schedule/types.ts';
import { race, raceRows, raceColumns, standingOf, type Contender } from '../race.ts';
import { timesFaster } from '../statistics.ts';
import { atLeast, noDifference, type BenchOptions, type Part } from '../suite.ts';
import { spreadText, type Table } from '../table.ts';
import {
  askCroner,
  askInstants,
  askRule,
  askSlots,
  cronPeers,
  names,
  rules,
  type RuleFields,
} from './peers.ts';
import { clockChanges, instantsAround, instantsOf2026, zone } from './questions.ts';

interface Pattern {
  readonly expression: string;
  readonly rule: RuleFields;
  /** Asked within twelve hours of the year's two clock changes instead of all over the year. */
  readonly nearChanges?: boolean;
}

const patterns: readonly Pattern[] = [
  {
    expression: '*/15 * * * *',
    rule: { freq: rules.hourly, byminute: [0, 15, 30, 45], bysecond: [0] },
  },
  {
    expression: '30 * * * *',
    rule: { freq: rules.hourly, byminute: [30], bysecond: [0] },
    nearChanges: true,
  },
  {
    expression: '0 9 * * 1-5',
    rule: {
      freq: rules.daily,
      byweekday: rules.workdays,
      byhour: [9],
      byminute: [0],
      bysecond: [0],
    },
  },
  {
    expression: '0 9 * * 5L',
    rule: {
      freq: rules.monthly,
      byweekday: rules.lastFriday,
      byhour: [9],
      byminute: [0],
      bysecond: [0],
    },
  },
  { expression: '*/30 * * * * *', rule: { freq: rules.minutely, bysecond: [0, 30] } },
];

function cronRhythm(expression: string, timezone: string): Rhythm {
  return { trigger: { kind: 'cron', expression }, timezone, outside: 'skip' };
}

function questionsFor({ nearChanges }: Pattern, count: number): readonly number[] {
  if (nearChanges !== true) return instantsOf2026(count);
  return clockChanges
    .filter(([name]) => name === zone)
    .flatMap(([, at], index) => instantsAround(Date.parse(at), 12, count / 2, index));
}

function runPattern(pattern: Pattern, options: BenchOptions) {
  const { expression, rule, nearChanges } = pattern;
  const title = `${expression}, New York${nearChanges === true ? ', within 12 h of a clock change' : ''}`;
  options.say(title);
  const rhythm = cronRhythm(expression, zone);
  const contenders: Contender[] = [
    { name: names.croner, ask: askCroner(expression, zone) },
    { name: names.instants, ask: askInstants(rhythm, null) },
    { name: names.slots, ask: askSlots(rhythm, null) },
    ...cronPeers(expression, zone),
    { name: names.rrule, ask: askRule(rule, zone) },
  ];
  const questions = questionsFor(pattern, options.quick ? 128 : 512);
  const reference = askCroner(expression, zone);
  const standings = race(contenders, questions, reference, options);
  const yardstick = standingOf(standings, names.croner);
  const ours = standingOf(standings, names.instants);
  const faster = timesFaster(yardstick.micros, ours.micros);
  const table: Table = {
    title,
    columns: raceColumns,
    rows: raceRows(standings, yardstick),
    notes: [],
  };
  const found = `${spreadText(faster)}${faster.median >= 2 ? ', better than 2' : ''}`;
  return {
    table,
    targets: [
      atLeast(`${names.instants}: ${title}`, 1, faster.median, found),
      noDifference(`${names.instants}: ${title}`, ours.differences, ours.asked),
    ],
    data: { title, standings },
  };
}

/** Patterns that clock changes are hard on, fixed and interval-like. */
const hardPatterns = [
  ...patterns.map(({ expression }) => expression),
  '30 2 * * *',
  '15 1 * * *',
  '0 0 * * *',
  '45 23 * * *',
  '0,30 1-3 * * *',
  '0 */2 * * *',
  '30 2,14 * * 0',
  '*/20 30 1-2 * * *',
  '15 0-3 1,8 * 0',
];

/** Rule 3 around clock changes: every answer beside croner's, whose `no-wildcard` is the same rule. */
function agreementPart(options: BenchOptions): Part {
  const each = options.quick ? 12 : 120;
  options.say('answers around clock changes');
  const rows = clockChanges.map(([name, at], index) => {
    let differences = 0;
    for (const expression of hardPatterns) {
      const croner = askCroner(expression, name);
      const ours = askInstants(cronRhythm(expression, name), null);
      for (const instant of instantsAround(Date.parse(at), 48, each, index))
        if (croner(instant) !== ours(instant)) differences += 1;
    }
    return { name, at, asked: hardPatterns.length * each, differences };
  });
  const asked = rows.reduce((sum, row) => sum + row.asked, 0);
  const differences = rows.reduce((sum, row) => sum + row.differences, 0);
  const table: Table = {
    title: `Answers around clock changes, ${String(hardPatterns.length)} patterns`,
    columns: ['within 48 h of', 'asked', 'differ from croner'],
    rows: rows.map((row) => [`${row.name} ${row.at}`, String(row.asked), String(row.differences)]),
    notes: [],
  };
  return {
    tables: [table],
    targets: [noDifference('rule 3 around clock changes', differences, asked)],
    data: { agreement: rows },
  };
}

/** Plain zoned crons, against croner and the peers: cost first, then every answer around clock changes. */
export function plainCronsPart(options: BenchOptions): Part {
  const done = patterns.map((pattern) => runPattern(pattern, options));
  const agreement = agreementPart(options);
  return {
    tables: [...done.map(({ table }) => table), ...agreement.tables],
    targets: [...done.flatMap(({ targets }) => targets), ...agreement.targets],
    data: { plainCrons: done.map(({ data }) => data), agreement: agreement.data },
  };
}
