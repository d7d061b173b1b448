import { cpuMicros, race } from '../race.ts';
import { median, spreadOf } from '../statistics.ts';
import { atMost, noDifference, type BenchOptions, type Part, type Target } from '../suite.ts';
import { figure, spreadText, type Table } from '../table.ts';
import {
  askAlarm,
  askScreen,
  coldMicros,
  fresh,
  freshZone,
  maxCopies,
  ready,
  warmMicros,
} from './asking.ts';
import { hardQuestions, type HardQuestion } from './hard-questions.ts';
import { askCroner, names } from './peers.ts';
import { instantsOf2026, zone } from './questions.ts';

function rounds<Value>(count: number, measure: () => Value): readonly Value[] {
  return Array.from({ length: count }, measure);
}

/** What a bare croner.nextRun costs here, warm, and what its first answer in a new zone does. */
function cronerMicros(options: BenchOptions): { readonly warm: number; readonly cold: number } {
  const expression = '*/15 * * * *';
  const ask = askCroner(expression, zone);
  const [standing] = race([{ name: names.croner, ask }], instantsOf2026(128), ask, options);
  const first = rounds(3, () => {
    const before = cpuMicros();
    for (let copy = 0; copy < maxCopies; copy += 1)
      askCroner(expression, freshZone())(Date.UTC(2026, 1, 27, 12));
    return (cpuMicros() - before) / maxCopies;
  });
  return { warm: median(standing?.micros ?? []), cold: median(first) };
}

interface Measured {
  readonly what: string;
  readonly answerMs: number | null;
  readonly wrong: boolean;
  readonly alarmWarm: readonly number[];
  readonly screenWarm: readonly number[];
  readonly alarmCold: readonly number[];
  readonly screenCold: readonly number[];
}

function measure(question: HardQuestion, options: BenchOptions): Measured {
  const warm = ready(question);
  const answers = [askAlarm(warm), askScreen(warm), askAlarm(fresh(question))];
  const { sampleMs } = options;
  return {
    what: question.what,
    answerMs: question.answerMs,
    wrong: answers.some((answer) => answer !== question.answerMs),
    alarmWarm: rounds(options.rounds, () => warmMicros(askAlarm, warm, sampleMs / 2)),
    screenWarm: rounds(options.rounds, () => warmMicros(askScreen, warm, sampleMs / 2)),
    alarmCold: rounds(3, () => coldMicros(askAlarm, question)),
    screenCold: rounds(3, () => coldMicros(askScreen, question)),
  };
}

type Column = 'alarmWarm' | 'screenWarm' | 'alarmCold' | 'screenCold';

/** The question whose answer took longest, by the median of its rounds. */
function worstOf(measured: readonly Measured[], column: Column) {
  const [worst] = [...measured].sort((a, b) => median(b[column]) - median(a[column]));
  return { what: worst?.what ?? '', spread: spreadOf(worst?.[column] ?? []) };
}

const limitTimes = 50;
const limitMs = 50;

function targetsOf(measured: readonly Measured[], croner: number): readonly Target[] {
  const columns: readonly (readonly [Column, string])[] = [
    ['alarmWarm', 'worst answer to the alarm, warm'],
    ['screenWarm', 'worst answer to a screen, warm'],
    ['alarmCold', 'worst answer to the alarm, cold'],
    ['screenCold', 'worst answer to a screen, cold'],
  ];
  const worst = columns.map(([column, name]) => ({ name, ...worstOf(measured, column) }));
  const wrong = measured.filter((one) => one.wrong).length;
  const longest = Math.max(...worst.map(({ spread }) => spread.high)) / 1_000;
  return [
    noDifference('answers to hard questions', wrong, measured.length),
    ...worst.map(({ name, what, spread }) => {
      const times = spread.median / croner;
      const found = `${figure(times)} × croner, ${spreadText(spread)} µs`;
      return atMost(`${name} (${what})`, limitTimes, '× croner', times, found);
    }),
    atMost('the longest of all these answers', limitMs, 'ms', longest, `${figure(longest)} ms`),
  ];
}

function tableOf(measured: readonly Measured[], croner: { warm: number; cold: number }): Table {
  const cells = (values: readonly number[], unit: number): string => figure(median(values) / unit);
  return {
    title: 'Hard questions, New York, one answer',
    columns: ['question', 'answer', 'alarm, µs', 'screen, µs', 'alarm cold, ms', 'screen cold, ms'],
    rows: [
      [
        'croner.nextRun, */15, for comparison',
        '',
        figure(croner.warm),
        '',
        figure(croner.cold / 1_000),
        '',
      ],
      ...measured.map((one) => [
        one.what,
        `${one.answerMs === null ? 'never' : new Date(one.answerMs).toISOString().slice(0, 16)}${one.wrong ? ', WRONG' : ''}`,
        cells(one.alarmWarm, 1),
        cells(one.screenWarm, 1),
        cells(one.alarmCold, 1_000),
        cells(one.screenCold, 1_000),
      ]),
    ],
    notes: [
      'Alarm is nextInstants(…, 1), screen is nextShown: the slot with its reasons, or why there is none. All is CPU time of one answer: warm, given over and over; cold, where zone, pattern and hours are new.',
    ],
  };
}

/** The longest a single question may take, over questions made to be hard. */
export function worstAnswerPart(options: BenchOptions): Part {
  options.say('hard questions');
  const croner = cronerMicros(options);
  const measured = hardQuestions.map((question) => measure(question, options));
  return {
    tables: [tableOf(measured, croner)],
    targets: targetsOf(measured, croner.warm),
    data: { croner, hard: measured },
  };
}
