import fc from 'fast-check';
import type { Hours } from '../../contract/hours.ts';
import { toInstant } from '../../contract/time.ts';
import { weekdays } from '../../contract/trigger.ts';
import type { ActiveHours, Rhythm } from '../../main/schedule/types.ts';
import { changeAt, clockChanges, daysAround } from './clock-changes.ts';
import { icsText, plainCalendars } from './plain-calendars.ts';
import { dateAt, timeOfDay, trigger } from './random-triggers.ts';
import { minuteMs, wallText, type ClosedStretch, type Closings, type Days } from './walker-days.ts';
import { knownFrom, type Question } from './walker.ts';

const dayMs = 86_400_000;
const dayMinutes = 1_440;

const window = fc
  .tuple(timeOfDay, fc.oneof(timeOfDay, fc.constant('24:00')))
  .filter(([open, close]) => open !== close)
  .map(([open, close]) => `${open}-${close}`);

const someWindows = fc.array(window, { maxLength: 3 });

const week = fc
  .tuple(...weekdays.map(() => fc.option(someWindows, { nil: undefined, freq: 4 })))
  .map((days): NonNullable<Hours['week']> => {
    const entries = weekdays.map((name, index) => [name, days[index]] as const);
    return Object.fromEntries(entries.filter(([, windows]) => windows !== undefined));
  });

const daysOff = fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 3 });

/** Hours, with the dates to be excluded as days from the clock change. */
const hoursShape = fc.option(
  fc.record({ week: fc.option(week, { nil: undefined, freq: 5 }), off: daysOff }),
  { nil: null, freq: 5 },
);

/** A closed stretch: minutes from the clock change, mostly close to it; some reach past midnight. */
const stretchShape = fc.record({
  floating: fc.boolean(),
  from: fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min: -180, max: 180 }) },
    { weight: 1, arbitrary: fc.integer({ min: -2 * dayMinutes, max: 3 * dayMinutes }) },
  ),
  length: fc.oneof(fc.integer({ min: 1, max: 150 }), fc.integer({ min: 1, max: 2_000 })),
});

const nothingClosed = fc.constant({ off: [], times: [] });
const closingsShape = fc.oneof(
  nothingClosed,
  fc.record({ off: daysOff, times: fc.array(stretchShape, { maxLength: 4 }) }),
);

type Closed = typeof closingsShape extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * A random question, its parts relative to a clock change; `askedOf` makes it whole. References lie
 * within three hours of the change, or days away from it.
 */
export const aCase = fc.record({
  change: fc.nat({ max: clockChanges.length - 1 }),
  trigger,
  hours: hoursShape,
  closings: closingsShape,
  outside: fc.constantFrom('skip' as const, 'defer' as const),
  afterMs: fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min: -3 * 3_600_000, max: 3 * 3_600_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: -3 * dayMs, max: 4 * dayMs }) },
    { weight: 1, arbitrary: fc.integer({ min: -180, max: 180 }).map((at) => at * minuteMs) },
  ),
});

/** A random question in parts. */
export type Case = typeof aCase extends fc.Arbitrary<infer Value> ? Value : never;

/** A whole question: for the walker, for the engine, and for a person who wants to see it again. */
export interface Asked {
  readonly days: Days;
  readonly question: Question;
  readonly rhythm: Rhythm;
  /** What the engine is given: the hours with their calendars. */
  readonly hours: ActiveHours | null;
  /** The reference, epoch ms; never before what the walker knows. */
  readonly afterMs: number;
}

function closingsOf(days: Days, aboutMs: number, shape: Closed): Closings {
  const aboutWall = days.wall[(aboutMs - days.fromMs) / minuteMs] ?? 0;
  return {
    dates: shape.off.map((day) => dateAt(aboutMs, day)),
    times: shape.times.map(({ floating, from, length }): ClosedStretch =>
      floating
        ? { floating, from: wallText(aboutWall + from), to: wallText(aboutWall + from + length) }
        : {
            floating,
            fromMs: aboutMs + from * minuteMs,
            toMs: aboutMs + (from + length) * minuteMs,
          },
    ),
  };
}

function hoursOf(aboutMs: number, shape: Case['hours']): Hours | null {
  if (shape === null) return null;
  return {
    ...(shape.week === undefined ? {} : { week: shape.week }),
    closed: { dates: shape.off.map((day) => dateAt(aboutMs, day)) },
  };
}

/** A case made whole. */
export function askedOf(one: Case): Asked {
  const days = daysAround(one.change);
  const aboutMs = changeAt(one.change);
  const question: Question = {
    trigger: one.trigger(aboutMs),
    outside: one.outside,
    hours: hoursOf(aboutMs, one.hours),
    closings: closingsOf(days, aboutMs, one.closings),
  };
  const calendars = plainCalendars(question.closings);
  return {
    days,
    question,
    rhythm: { trigger: question.trigger, timezone: days.zone, outside: question.outside },
    hours: calendars.length === 0 ? question.hours : { ...question.hours, calendars },
    afterMs: Math.max(aboutMs + one.afterMs, knownFrom(days, question)),
  };
}

/** A question as one line of `npm run -s jackdaw -- next -`; closings are written as a calendar. */
export function asLine(asked: Asked, count: number): string {
  const { trigger: ofCase, hours, outside, closings } = asked.question;
  const ics = icsText(closings);
  const closed = ics === null ? hours?.closed : { ...hours?.closed, ics };
  return JSON.stringify({
    trigger: ofCase,
    ...(hours === null && ics === null
      ? {}
      : { hours: { ...hours, ...(closed === undefined ? {} : { closed }) } }),
    timezone: asked.days.zone,
    outside,
    // Fractions of a second don't move a slot.
    after: toInstant(asked.afterMs),
    count,
  });
}
