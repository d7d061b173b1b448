import fc from 'fast-check';
import type { ScheduleInput } from '../../contract/schedule.ts';
import type { Trigger } from '../../contract/trigger.ts';

const minute = 60_000;

/** Where and when a case takes place: an ordinary Friday, and days on which clocks change. */
const places = [
  ['UTC', '2026-11-20T06:00:00Z'],
  ['Europe/Berlin', '2026-10-24T22:00:00Z'],
  ['America/New_York', '2026-03-08T04:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T12:00:00Z'],
] as const;

const pad = (value: number): string => String(value).padStart(2, '0');

/** A time of day around the hours in which a case takes place. */
const timeOfDay = fc
  .tuple(fc.integer({ min: 0, max: 16 }), fc.constantFrom(0, 10, 30, 45))
  .map(([hour, minutes]) => `${pad(hour)}:${pad(minutes)}`);

const trigger: fc.Arbitrary<Trigger> = fc.oneof(
  fc
    .tuple(fc.constantFrom('5m', '7m', '20m', '30m', '45m', '2h', '24h'), timeOfDay)
    .map(([every, anchor]): Trigger => ({ kind: 'interval', every, anchor })),
  fc
    .array(timeOfDay, { minLength: 1, maxLength: 6 })
    .map((at): Trigger => ({ kind: 'calendar', at })),
  fc.constantFrom<Trigger>(
    { kind: 'cron', expression: '*/10 * * * *' },
    { kind: 'cron', expression: '15,16,45 1-9 * * *' },
    { kind: 'interval', every: '2d', from: '2026-03-08', at: '02:30' },
  ),
  fc
    .tuple(fc.constantFrom('2026-11-20', '2026-10-25', '2026-03-08', '2026-10-04'), timeOfDay)
    .map(([date, time]): Trigger => ({ kind: 'once', at: `${date}T${time}` })),
);

const window = fc
  .tuple(timeOfDay, fc.oneof(timeOfDay, fc.constant('24:00')))
  .filter(([open, close]) => open !== close)
  .map(([open, close]) => `${open}-${close}`);

const hours = fc.option(
  fc.array(window, { minLength: 1, maxLength: 3 }).map((windows) => ({
    week: Object.fromEntries(['fri', 'sat', 'sun', 'mon'].map((day) => [day, windows])),
  })),
  { nil: undefined, freq: 3 },
);

/** A schedule without its id, its trigger to be replaced by `after` where that names an earlier one. */
const schedule = fc.record({
  trigger,
  after: fc.option(fc.nat({ max: 3 }), { nil: null, freq: 1 }),
  hours,
  outside: fc.constantFrom('skip' as const, 'defer' as const),
  missed: fc.record({
    policy: fc.constantFrom('latest' as const, 'all' as const, 'skip' as const),
    grace: fc.constantFrom('10m', '1h', '24h'),
  }),
  overlap: fc.constantFrom('skip' as const, 'queue' as const),
  jitter: fc.constantFrom('0s', '0s', '40s', '25m'),
  enough: fc.constantFrom(undefined, undefined, 'success' as const, 'change' as const),
  atClose: fc.constantFrom('finish' as const, 'stop' as const, 'abort' as const),
  enabled: fc.constantFrom(true, true, true, true, true, false),
  remote: fc.boolean(),
});

type Shape = typeof schedule extends fc.Arbitrary<infer Value> ? Value : never;

/** Minutes awake, then minutes asleep; longer than what passes for a late tick. */
const sleep = fc.record({
  awake: fc.oneof(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 20 })),
  asleep: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 10 })),
});

function scheduleOf(shape: Shape, index: number): ScheduleInput {
  const { trigger: own, after, enough, hours: open, remote, ...rest } = shape;
  const isChain = after !== null && after < index;
  const id = `s${String(index)}`;
  return {
    ...{ ...rest, id, name: id },
    ...(isChain ? { after: { schedule: `s${String(after)}` } } : { trigger: own }),
    ...(enough === undefined ? {} : { enough }),
    ...(open === undefined ? {} : { hours: open }),
    scrape: {
      kind: 'page',
      url: remote ? 'http://pages.test/' : `http://${id}.localhost/`,
      fields: { title: 'h2' },
    },
  };
}

/** A small case for the simulator and a host; instants are epoch ms. */
export interface SimulationCase {
  readonly zone: string;
  readonly schedules: readonly ScheduleInput[];
  readonly fromMs: number;
  readonly toMs: number;
  /** In order, apart from one another, inside the case. */
  readonly asleep: readonly (readonly [number, number])[];
  readonly runTimeMs: number;
}

/**
 * Random small cases: up to four schedules of every kind over ten hours, with sleeps. Sleep begins
 * half a second after a minute, and a run takes some odd milliseconds, so that nothing else happens at
 * the instant of either: which of two things at one instant comes first is nobody's promise.
 */
export const simulationCase: fc.Arbitrary<SimulationCase> = fc
  .record({
    place: fc.constantFrom(...places),
    shapes: fc.array(schedule, { minLength: 1, maxLength: 4, size: 'max' }),
    sleeps: fc.array(sleep, { maxLength: 4, size: 'max' }),
    runTimeMs: fc.constantFrom(7_003, 95_003, 1_500_003, 4_000_003),
  })
  .map(({ place: [zone, from], shapes, sleeps, runTimeMs }) => {
    const fromMs = Date.parse(from);
    const asleep: [number, number][] = [];
    let nowMs = fromMs;
    for (const one of sleeps) {
      const sleepsMs = nowMs + one.awake * minute + 500;
      nowMs = sleepsMs - 500 + (one.asleep + 1) * minute;
      asleep.push([sleepsMs, nowMs]);
    }
    const toMs = Math.max(fromMs + 600 * minute, nowMs + 60 * minute);
    return { zone, schedules: shapes.map(scheduleOf), fromMs, toMs, asleep, runTimeMs };
  });
