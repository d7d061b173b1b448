import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hours } from '../../../contract/hours.ts';
import type { Trigger } from '../../../contract/trigger.ts';
import { isOpen } from '../../../main/schedule/active-hours.ts';
import { nextInstants, nextSlots } from '../../../main/schedule/next-slots.ts';
import { openMinutes, readDays, walk, type Days, type Question } from '../../support/walker.ts';

const dayMs = 86_400_000;

/** Clock changes of every kind, and zones without one: a few days around each are compared. */
const places: readonly (readonly [zone: string, about: string])[] = [
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['Europe/London', '2026-03-29T01:00:00Z'],
  ['Europe/London', '2026-10-25T01:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Asia/Kolkata', '2026-06-15T00:00:00Z'],
  ['Asia/Kathmandu', '1985-12-31T18:30:00Z'],
  ['America/St_Johns', '2010-03-14T03:31:00Z'],
  ['America/St_Johns', '2010-11-07T02:31:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['Pacific/Apia', '2012-03-31T14:00:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00:00Z'],
  ['Africa/Casablanca', '2026-03-22T02:00:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ['America/Sao_Paulo', '2019-02-17T02:00:00Z'],
  ['Antarctica/Troll', '2026-03-29T01:00:00Z'],
  ['Asia/Gaza', '2026-03-28T00:00:00Z'],
  ['UTC', '2026-12-31T12:00:00Z'],
];

const read = new Map<number, Days>();

/** The days around a place's clock change, read once. */
function daysAt(index: number): Days {
  const known = read.get(index);
  if (known !== undefined) return known;
  const [zone, about] = places[index] ?? ['UTC', '2026-01-01T00:00:00Z'];
  const days = readDays(zone, Date.parse(about) - 5 * dayMs, Date.parse(about) + 5 * dayMs);
  read.set(index, days);
  return days;
}

const pad = (value: number): string => String(value).padStart(2, '0');
const hour = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 23 }));
const minute = fc.constantFrom(0, 0, 15, 29, 30, 31, 45, 59);
const timeOfDay = fc.tuple(hour, minute).map(([h, m]) => `${pad(h)}:${pad(m)}`);

const window = fc
  .tuple(timeOfDay, fc.oneof(timeOfDay, fc.constant('24:00')))
  .filter(([open, close]) => open !== close)
  .map(([open, close]) => `${open}-${close}`);

const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const someWindows = fc.array(window, { minLength: 0, maxLength: 3 });
const week = fc
  .tuple(...weekdayNames.map(() => fc.option(someWindows, { nil: undefined, freq: 4 })))
  .map((days): NonNullable<Hours['week']> => {
    const entries = weekdayNames.map((name, index) => [name, days[index]] as const);
    return Object.fromEntries(entries.filter(([, windows]) => windows !== undefined));
  });

/** Hours, with the dates to be excluded as offsets in days from the middle. */
const hoursShape = fc.option(
  fc.record({
    week: fc.option(week, { nil: undefined, freq: 5 }),
    off: fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 3 }),
  }),
  { nil: null, freq: 5 },
);

const step = fc.constantFrom(2, 5, 7, 15, 20, 30);
const minuteField = fc.oneof(
  minute.map(String),
  fc.constant('*'),
  step.map((by) => `*/${String(by)}`),
  fc.tuple(minute, step).map(([from, by]) => `${String(from)}/${String(by)}`),
  fc.constantFrom('0,30', '5-8', '0-30/10', '15,45'),
);
const hourField = fc.oneof(
  hour.map(String),
  fc.constantFrom('*', '?', '*/2', '1-3', '0-5', '2,14', '9-17', '1/3', '22-23,0-3'),
);
const dayField = fc.oneof(
  { weight: 3, arbitrary: fc.constant('*') },
  { weight: 1, arbitrary: fc.constantFrom('1', '8', '29,30', '25-31', 'L', '*/3', '4,L', '28/1') },
);
const monthField = fc.oneof(
  { weight: 5, arbitrary: fc.constant('*') },
  { weight: 1, arbitrary: fc.constantFrom('3', 'MAR,NOV', '1-6', '*/2', '10/1') },
);
const weekdayField = fc.oneof(
  { weight: 3, arbitrary: fc.constant('*') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '1-5',
      '0',
      '7',
      'SUN',
      'sat,sun',
      '+SUN',
      '0#1',
      'sun#L',
      '5L',
      '1/2',
    ),
  },
);
const cron = fc
  .tuple(
    fc.option(fc.constantFrom('0', '30', '*/20', '10,40', '5/25'), { nil: undefined, freq: 2 }),
    minuteField,
    hourField,
    dayField,
    monthField,
    weekdayField,
  )
  .map((fields) => ({
    kind: 'cron' as const,
    expression: fields.filter((field) => field !== undefined).join(' '),
  }));

const every = fc.constantFrom(
  ...[
    '20s',
    '90s',
    '7m',
    '15m',
    '30m',
    '45m',
    '1h',
    '90m',
    '2h',
    '5h',
    '7h',
    '13h',
    '24h',
    '1440m',
  ],
);
const interval = fc
  .record({ every, anchor: fc.option(timeOfDay, { nil: undefined }) })
  .map(({ every: length, anchor }) => ({
    kind: 'interval' as const,
    every: length,
    ...(anchor === undefined ? {} : { anchor }),
  }));

const calendarDay = fc.constantFrom(
  ...(['mon', 'sun', 'fri', 8, 29, 30, 'last', 'sun#1', 'sun#last', 'fri#5'] as const),
);
const calendar = fc
  .record({
    at: fc.array(timeOfDay, { minLength: 1, maxLength: 3 }),
    on: fc.option(fc.array(calendarDay, { minLength: 1, maxLength: 3 }), { nil: undefined }),
    months: fc.option(fc.constantFrom<number[]>([3], [10, 11], [1, 2, 12]), {
      nil: undefined,
      freq: 1,
    }),
  })
  .map(({ at, on, months }) => ({
    kind: 'calendar' as const,
    at,
    ...(on === undefined ? {} : { on }),
    ...(months === undefined ? {} : { months }),
  }));

/** A trigger, given the date in the middle of the days. */
const trigger: fc.Arbitrary<(middleMs: number) => Trigger> = fc.oneof(
  { weight: 4, arbitrary: cron.map((one) => () => one) },
  { weight: 3, arbitrary: interval.map((one) => () => one) },
  { weight: 2, arbitrary: calendar.map((one) => () => one) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -9, max: 3 }), timeOfDay)
      .map(([days, from, at]) => (middleMs: number): Trigger => ({
        kind: 'interval',
        every: `${String(days)}d`,
        from: dateAt(middleMs, from),
        at,
      })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: -2, max: 2 }), timeOfDay)
      .map(([day, at]) => (middleMs: number): Trigger => ({
        kind: 'once',
        at: `${dateAt(middleMs, day)}T${at}`,
      })),
  },
);

function dateAt(middleMs: number, days: number): string {
  return new Date(middleMs + days * dayMs).toISOString().slice(0, 10);
}

const aCase = fc.record({
  place: fc.nat({ max: places.length - 1 }),
  trigger,
  hours: hoursShape,
  outside: fc.constantFrom('skip' as const, 'defer' as const),
  afterMs: fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min: -3 * 3_600_000, max: 3 * 3_600_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: -3 * dayMs, max: 4 * dayMs }) },
  ),
});

type Case = typeof aCase extends fc.Arbitrary<infer Value> ? Value : never;

/** A case as a question, with the instant from which the walker knows enough to be compared. */
function asked(one: Case): {
  days: Days;
  question: Question;
  afterMs: number;
  comparable: boolean;
} {
  const days = daysAt(one.place);
  const middleMs = (days.fromMs + days.toMs) / 2;
  const { week: windows, off = [] } = one.hours ?? {};
  const hours: Hours | null =
    one.hours === null
      ? null
      : {
          ...(windows === undefined ? {} : { week: windows }),
          closed: { dates: off.map((day) => dateAt(middleMs, day)) },
        };
  const second = days.minutes.find((minuteAt) => minuteAt.date !== days.minutes[0]?.date);
  const isOpenMinute = openMinutes(hours);
  const open = days.minutes.find(
    (minuteAt) => minuteAt.atMs >= (second?.atMs ?? 0) && isOpenMinute(minuteAt),
  );
  const knownMs = one.outside === 'skip' ? second?.atMs : open?.atMs;
  return {
    days,
    question: { trigger: one.trigger(middleMs), outside: one.outside, hours },
    afterMs: Math.max(middleMs + one.afterMs, knownMs ?? 0),
    comparable: knownMs !== undefined,
  };
}

const most = 400;
const seed = Number(process.env['JACKDAW_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const settings = { seed, endOnFailure: false };

describe('schedule/against-the-walker', () => {
  it(`yields exactly the slots a minute-by-minute walk finds (JACKDAW_SEED=${String(seed)})`, () => {
    fc.assert(
      fc.property(aCase, (one) => {
        const { days, question, afterMs, comparable } = asked(one);
        if (!comparable) return;
        const expected = walk(days, question).filter((at) => at > afterMs);
        const rhythm = { ...question, timezone: days.zone };
        const found = nextInstants(rhythm, question.hours, afterMs, most, days.toMs - 1);
        expect(found.map((at) => new Date(at).toISOString())).toEqual(
          expected.slice(0, most).map((at) => new Date(at).toISOString()),
        );
      }),
      { ...settings, numRuns: 2_000 },
    );
  });

  it('gives the same answer whenever one asks, one by one or together', () => {
    fc.assert(
      fc.property(aCase, fc.nat({ max: 100 }), (one, percent) => {
        const { days, question, afterMs } = asked(one);
        const rhythm = { ...question, timezone: days.zone };
        const [first, second] = nextSlots(rhythm, question.hours, afterMs, 2);
        if (first === undefined) return;
        const between = afterMs + Math.floor(((first.at - 1 - afterMs) * percent) / 100);
        expect(nextInstants(rhythm, question.hours, between, 1)).toEqual([first.at]);
        const next = second === undefined ? [] : [second.at];
        expect(nextInstants(rhythm, question.hours, first.at, 1)).toEqual(next);
      }),
      { ...settings, numRuns: 500 },
    );
  });

  it('is open in exactly the minutes the wall clock stands in a window', () => {
    fc.assert(
      fc.property(aCase, fc.nat({ max: 14_399 }), fc.nat({ max: 1 }), (one, index, end) => {
        const { days, question } = asked(one);
        const minutes = days.minutes.slice(index, index + 300);
        expect(
          minutes.map((at) => isOpen(question.hours, days.zone, at.atMs + end * 59_999)),
        ).toEqual(minutes.map(openMinutes(question.hours)));
      }),
      { ...settings, numRuns: 200 },
    );
  });
});
