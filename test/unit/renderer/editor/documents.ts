import fc from 'fast-check';
import type { Hours } from '../../../../contract/hours.ts';
import type { ScheduleInput } from '../../../../contract/schedule.ts';
import type { FieldRule } from '../../../../contract/scrape.ts';
import type { Trigger } from '../../../../contract/trigger.ts';

const time = fc
  .integer({ min: 0, max: 1439 })
  .map(
    (at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`,
  );
const date = fc
  .integer({ min: 1, max: 28 })
  .map((day) => `2026-12-${String(day).padStart(2, '0')}`);
const id = fc.stringMatching(/^[a-z0-9-]{1,12}$/).filter((text) => text !== 'always');
const word = fc.stringMatching(/^[A-Za-zä][A-Za-z0-9 ü.#>*]{0,12}$/);
const duration = fc.constantFrom('10s', '90s', '30m', '24h', '1440m');

/** A plain object some of whose keys are left out. */
function some<T>(model: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) {
  return fc.record<T, never>(model, { requiredKeys: [] });
}

const window = fc
  .tuple(time, fc.oneof(time, fc.constant('24:00')))
  .filter(([opens, closes]) => opens !== closes)
  .map(([opens, closes]) => `${opens}-${closes}`);

const day = fc.array(window, { maxLength: 3 });

/** Active hours of any shape the contract takes. */
export const anyHours: fc.Arbitrary<Hours> = some({
  week: some({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }),
  closed: some({
    dates: fc.uniqueArray(date, { maxLength: 3 }),
    holidays: fc.constantFrom('US', 'US-NY', 'DE-BY-A', 'XX'),
    ics: fc.oneof(fc.constant('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'), fc.string()),
  }),
});

const weekday = fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun');
const calendarDay: fc.Arbitrary<string | number> = fc.oneof(
  weekday,
  fc.integer({ min: 1, max: 31 }),
  fc.constant('last'),
  fc
    .tuple(weekday, fc.constantFrom('1', '2', '3', '4', '5', 'last'))
    .map(([day, nth]) => `${day}#${nth}`),
);

/** A trigger of any kind and shape the contract takes. */
export const anyTrigger: fc.Arbitrary<Trigger> = fc.oneof(
  fc.record(
    { kind: fc.constant('interval' as const), every: duration, anchor: time },
    { requiredKeys: ['kind', 'every'] },
  ),
  fc.record({
    kind: fc.constant('interval' as const),
    every: fc.constant('2d'),
    from: date,
    at: time,
  }),
  fc.record({ kind: fc.constant('cron' as const), expression: word }),
  fc.record(
    {
      kind: fc.constant('calendar' as const),
      at: fc.array(time, { minLength: 1, maxLength: 4 }),
      on: fc.array(calendarDay, { minLength: 1, maxLength: 12 }),
      months: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }),
    },
    { requiredKeys: ['kind', 'at'] },
  ),
  fc.record({
    kind: fc.constant('once' as const),
    at: fc.tuple(date, time).map(([day, clock]) => `${day}T${clock}`),
  }),
);

/** A chain after another schedule, its parts left out or written. */
const anyChain = fc.record(
  { schedule: id, on: fc.constantFrom('success', 'change', 'failure') },
  { requiredKeys: ['schedule'] },
);

const anyRule: fc.Arbitrary<FieldRule> = some({
  select: word,
  attr: word,
  pattern: word,
  as: fc.constantFrom('text', 'number', 'date', 'url', 'boolean'),
  format: word,
  locale: fc.constantFrom('en', 'de'),
  many: fc.boolean(),
  required: fc.boolean(),
});

const anyScrape = fc
  .record(
    {
      kind: fc.constant('page' as const),
      url: fc.webUrl(),
      items: word,
      fields: fc.dictionary(
        fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,8}$/),
        fc.oneof(word, anyRule),
        { minKeys: 1, maxKeys: 5, noNullPrototype: true },
      ),
      next: word,
      maxPages: fc.integer({ min: 1, max: 1000 }),
    },
    { requiredKeys: ['kind', 'url', 'fields'] },
  )
  .chain((scrape) =>
    fc.oneof(
      fc.constant(scrape),
      fc.constantFrom(...Object.keys(scrape.fields)).map((key) => ({ ...scrape, key })),
    ),
  );

const anyRest: fc.Arbitrary<Partial<ScheduleInput>> = some({
  description: word,
  tags: fc.array(word, { maxLength: 3 }),
  enabled: fc.boolean(),
  timezone: fc.constantFrom('Europe/Berlin', 'America/New_York'),
  hours: fc.oneof(id, fc.constant('always'), anyHours),
  outside: fc.constantFrom('skip', 'defer'),
  atClose: fc.constantFrom('finish', 'stop', 'abort'),
  jitter: duration,
  missed: some({ policy: fc.constantFrom('latest', 'all', 'skip'), grace: duration }),
  overlap: fc.constantFrom('skip', 'queue'),
  retry: some({
    attempts: fc.integer({ min: 1, max: 20 }),
    backoff: duration,
    factor: fc.constantFrom(1, 1.5, 2),
    max: duration,
  }),
  pauseAfterFailures: fc.integer({ min: 0, max: 1000 }),
  enough: fc.constantFrom('success', 'change'),
  conditions: some({ power: fc.constant('ac'), network: fc.boolean() }),
  notify: some({ on: fc.constant(['change']) }),
  timeout: duration,
});

/** A stored document of any shape the contract takes, its parts left out or written. */
export const anyDocument: fc.Arbitrary<ScheduleInput> = fc
  .tuple(
    id,
    word,
    anyRest,
    fc.oneof(
      { weight: 4, arbitrary: anyTrigger.map((trigger) => ({ trigger })) },
      {
        weight: 1,
        arbitrary: anyChain.map((after) => ({ after })),
      },
    ),
    anyScrape,
  )
  .map(([documentId, name, rest, when, scrape]) => ({
    id: documentId,
    name,
    ...rest,
    ...when,
    scrape,
  }));
