import type { Hours } from '../../contract/hours.ts';
import { weekdays, type Trigger } from '../../contract/trigger.ts';
import type { ActiveHours, Rhythm } from '../../main/schedule/types.ts';
import { plainCalendars } from './plain-calendars.ts';
import { dateAt } from './random-triggers.ts';
import type { ClosedStretch } from './walker-days.ts';

/** A question that takes long to answer, or would if every step were taken. */
export interface HardQuestion {
  readonly name: string;
  readonly rhythm: Rhythm;
  readonly hours: ActiveHours | null;
  readonly afterMs: number;
}

const nowMs = Date.parse('2026-03-07T12:34:56Z');
const dayMs = 86_400_000;
const hourMs = 3_600_000;

const cron = (expression: string): Trigger => ({ kind: 'cron', expression });
const sundays: Hours = { week: { sun: ['02:00-03:00'] } };
const office: Hours = {
  week: Object.fromEntries(weekdays.slice(0, 5).map((day) => [day, ['09:00-17:00']])),
};

function everyDay(windows: readonly string[]): Hours {
  return { week: Object.fromEntries(weekdays.map((day) => [day, [...windows]])) };
}

/** 48 windows a day, each closed for its last minute. */
const manyWindows = everyDay(
  Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')).flatMap((hour) => [
    `${hour}:00-${hour}:29`,
    `${hour}:30-${hour}:59`,
  ]),
);

/** As many dates off as a profile takes, `every` days apart, from `first` days on. */
function datesOff(first: number, every: number): Hours['closed'] {
  return {
    dates: Array.from({ length: 2_000 }, (_, index) => dateAt(nowMs, first + index * every)),
  };
}

/** So many stretches, `every` ms apart, each closing the hours given. */
function closedBy(
  hours: Hours,
  count: number,
  every: number,
  lengthMs: number,
  floating: boolean,
): ActiveHours {
  const firstMs = Date.parse('2026-03-08T00:00:00Z') - Math.floor(count / 2) * every;
  const times = Array.from({ length: count }, (_, index): ClosedStretch => {
    const fromMs = firstMs + index * every;
    const toMs = fromMs + lengthMs;
    const wall = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
    return floating ? { floating, from: wall(fromMs), to: wall(toMs) } : { floating, fromMs, toMs };
  });
  return { ...hours, calendars: plainCalendars({ dates: [], times }) };
}

/** All days of a hundred years as holidays. */
function alwaysHoliday(hours: Hours): ActiveHours {
  const dates = Array.from({ length: 36_525 }, (_, index) => dateAt(nowMs, index - 18_262));
  return { ...hours, calendars: plainCalendars({ dates, times: [] }) };
}

type Row = readonly [name: string, trigger: Trigger, hours: ActiveHours | null];

const rareDates: readonly Row[] = [
  ['day 31 in February', { kind: 'calendar', at: ['09:00'], on: [31], months: [2] }, null],
  ['the same inside hours', { kind: 'calendar', at: ['09:00'], on: [31], months: [2] }, office],
  ['cron 30 February', cron('0 0 30 2 *'), null],
  ['cron 30 February inside hours', cron('0 0 30 2 *'), office],
  ['the fifth Monday on 29 February', cron('0 0 29 2 +1#5'), null],
  ['the fifth Monday of February, Sundays', cron('0 0 * 2 1#5'), sundays],
  ['29 February inside Sundays', cron('30 2 29 2 *'), sundays],
  ['yearly against one day a week', cron('30 2 1 1 *'), sundays],
  ['yearly at a time always closed', cron('0 12 1 1 *'), sundays],
  ['each second of 30 February', cron('* * * 30 2 *'), sundays],
  ['3650 days', { kind: 'interval', every: '3650d', from: '1900-01-01', at: '02:30' }, sundays],
  [
    '3650 days, closed',
    { kind: 'interval', every: '3650d', from: '1900-01-01', at: '04:00' },
    sundays,
  ],
  [
    '3650 days from 9990',
    { kind: 'interval', every: '3650d', from: '9990-01-01', at: '02:30' },
    null,
  ],
  ['once, long ago', { kind: 'once', at: '1999-12-31T23:59' }, sundays],
  ['once, far ahead', { kind: 'once', at: '2075-12-31T23:59' }, office],
];

const closedHours: readonly Row[] = [
  ['no window at all', cron('* * * * * *'), { week: {} }],
  ['no window on seven days', cron('0 9 * * *'), everyDay([])],
  ['2,000 days off on end', cron('* * * * *'), { ...office, closed: datesOff(-1_000, 1) }],
  ['2,000 days off ahead', cron('0 2 * * *'), { ...sundays, closed: datesOff(0, 1) }],
  ['2,000 Sundays off', cron('*/10 2 * * *'), { ...sundays, closed: datesOff(1, 7) }],
  [
    '2,000 Sundays off around now',
    cron('*/10 2 * * *'),
    { ...sundays, closed: datesOff(-6_999, 7) },
  ],
  ['2,000 days off, else open', cron('0 3 30 2 *'), { closed: datesOff(-18_000, 18) }],
  ['48 windows a day', { kind: 'interval', every: '10s' }, manyWindows],
  ['48 windows a day, never met', cron('59 29,59 * * * *'), manyWindows],
  ['48 windows a day, fixed, never met', cron('0,30,59 29,59 0-23 * * *'), manyWindows],
  [
    '48 windows a day and 2,000 days off',
    cron('29,59 0-23 * * *'),
    { ...manyWindows, closed: datesOff(-7_000, 7) },
  ],
  [
    '100 times a day, never met',
    {
      kind: 'calendar',
      at: Array.from(
        { length: 100 },
        (_, at) => `${String(10 + Math.floor(at / 20))}:${String(at % 20).padStart(2, '0')}`,
      ),
    },
    everyDay(['02:00-03:00']),
  ],
  ['a minute in the gap', cron('30 2 * 3 0#2'), { week: { sun: ['02:30-02:31'] } }],
  ['a minute in the gap, by the clock', cron('*/30 2 * 3 0#2'), { week: { sun: ['02:30-02:31'] } }],
  ['two hours a day apart for ever', { kind: 'interval', every: '13h' }, everyDay(['05:00-12:00'])],
  [
    'open but one day in 45 years',
    cron('0 3 * * *'),
    { closed: { dates: [dateAt(nowMs, 16_436), dateAt(nowMs, -16_436)] } },
  ],
];

const calendars: readonly Row[] = [
  ['a hundred years of holidays', cron('*/10 2 * * *'), alwaysHoliday(sundays)],
  ['a hundred years of holidays, office', cron('0 9 * * *'), alwaysHoliday(office)],
  [
    'each Sunday closed by an event',
    cron('*/10 2 * * *'),
    closedBy(sundays, 5_200, 7 * dayMs, 12 * hourMs, false),
  ],
  [
    'each Sunday closed by a floating event',
    cron('*/10 2 * * *'),
    closedBy(sundays, 5_200, 7 * dayMs, 12 * hourMs, true),
  ],
  [
    'each Sunday closed, by the hour',
    { kind: 'interval', every: '1h' },
    closedBy(sundays, 5_200, 7 * dayMs, 12 * hourMs, false),
  ],
  [
    '10,000 events in a year',
    cron('* * * * *'),
    closedBy(office, 10_000, 3_000_000, 2_400_000, false),
  ],
  [
    '10,000 floating events in a year',
    cron('* * * * *'),
    closedBy(office, 10_000, 3_000_000, 2_400_000, true),
  ],
  [
    '10,000 events on end',
    cron('0 9 * * *'),
    closedBy(office, 10_000, 3_600_000, 3_600_000, false),
  ],
  [
    '10,000 floating events on end',
    cron('0 9 * * *'),
    closedBy(office, 10_000, 3_600_000, 3_600_000, true),
  ],
  ['an event of 100 years', cron('* * * * *'), closedBy(office, 1, dayMs, 36_500 * dayMs, false)],
  [
    'an event of 100 years, floating',
    cron('* * * * *'),
    closedBy(office, 2, 18_000 * dayMs, 36_500 * dayMs, true),
  ],
  [
    '40 events of 100 years, floating',
    cron('* * * * *'),
    closedBy(office, 40, dayMs, 36_500 * dayMs, true),
  ],
];

const instants = [
  ['', '2026-03-07T12:34:56Z'],
  ['in year 1', '0001-01-02T00:00:00Z'],
  ['in 9998', '9998-12-31T23:59:59Z'],
] as const;

/** Zones whose rules differ. */
const zones = ['America/New_York', 'Africa/Casablanca', 'Europe/London', 'Asia/Kolkata'] as const;

const rows: readonly Row[] = [...rareDates, ...closedHours, ...calendars];

function questionOf(
  [name, trigger, hours]: Row,
  timezone: string,
  outside: Rhythm['outside'],
  [when, at]: (typeof instants)[number],
): HardQuestion {
  return {
    name: [name, when, outside, timezone].filter((part) => part !== '').join(', '),
    rhythm: { trigger, timezone, outside },
    hours,
    afterMs: Date.parse(at),
  };
}

/** Questions that ask for the most work there is: rare dates, closed hours, long calendars. */
export const hardQuestions: readonly HardQuestion[] = rows.map((row, index) =>
  questionOf(row, 'America/New_York', index % 2 === 0 ? 'skip' : 'defer', instants[0]),
);

/** The same questions put in every way: in other zones, skipping and putting off, in the odd years. */
export const everyHardQuestion: readonly HardQuestion[] = rows.flatMap((row) =>
  instants.flatMap((instant) =>
    zones.flatMap((zone) => [
      questionOf(row, zone, 'skip', instant),
      questionOf(row, zone, 'defer', instant),
    ]),
  ),
);
