import fc from 'fast-check';
import { timeOfDay } from './random-triggers.ts';

/** Pieces that cron fields are made of, those no field takes included. */
const piece = fc.oneof(
  fc.integer({ min: 0, max: 70 }).map(String),
  fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String),
  fc.constantFrom(
    ...['*', '?', 'L', 'W', 'LW', '#', '+', '-', '/', ',', '@', '', '00', '-1', '1e9', '0x1f'],
    ...['jan', 'MAR', 'Sun', 'fri', 'sat', 'monday', 'H', '1.5', '٣', '１', 'ſun', '\u0130', '🐦'],
  ),
);

const item = fc.oneof(
  piece,
  fc.tuple(piece, piece).map(([from, to]) => `${from}-${to}`),
  fc.tuple(piece, piece).map(([from, step]) => `${from}/${step}`),
  fc.tuple(piece, piece, piece).map(([from, to, step]) => `${from}-${to}/${step}`),
  fc.tuple(piece, piece).map(([day, nth]) => `${day}#${nth}`),
  piece.map((day) => `${day}W`),
  piece.map((day) => `${day}L`),
);

const list = fc.oneof(
  { weight: 4, arbitrary: item },
  {
    weight: 1,
    arbitrary: fc.array(item, { minLength: 1, maxLength: 60 }).map((items) => items.join(',')),
  },
);

const field = fc.oneof(
  { weight: 5, arbitrary: list },
  { weight: 1, arbitrary: list.map((text) => `+${text}`) },
);
const blank = fc.constantFrom(' ', '  ', '\t', '\n', '\u00a0', '\u2003');

/** A field that is likely to be read, so that the whole expression often is. */
const plainField = (most: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('*', '?', '*/2', `1-${String(most)}`, `1/${String(most)}`),
    fc.integer({ min: 1, max: most }).map(String),
    fc
      .array(fc.integer({ min: 1, max: most }), { minLength: 1, maxLength: 12 })
      .map((values) => values.join(',')),
  );

const nearlyRight = fc
  .tuple(
    fc.option(plainField(59), { nil: '' }),
    plainField(59),
    plainField(23),
    fc.oneof({ weight: 5, arbitrary: plainField(28) }, { weight: 1, arbitrary: item }),
    plainField(12),
    fc.oneof({ weight: 5, arbitrary: plainField(7) }, { weight: 1, arbitrary: item }),
  )
  .map((fields) => fields.join(' ').trim());

const fromGrammar = fc
  .tuple(fc.array(field, { minLength: 4, maxLength: 7 }), blank)
  .map(([fields, between]) => fields.join(between));

const long = fc.constantFrom(
  '0-99999999999999 * * * *',
  '*/1e9 * * * *',
  `${'0,'.repeat(140)}0 * * * *`,
  `0 0 ${'1W,'.repeat(90)}1W * *`,
  `0 0 * * ${'0#1,'.repeat(70)}0#5`,
  `0 0 ${'1-31/1,'.repeat(40)}1 * *`,
  `${'*/1,'.repeat(72)}* * * * *`,
  `${'0-59,'.repeat(57)}1 * * * *`,
  `${'('.repeat(150)}${')'.repeat(150)}`,
  '*'.repeat(300),
  '-'.repeat(300),
  '/'.repeat(300),
  '1-'.repeat(150),
  '🐦'.repeat(150),
  `0 0 * * ${'+'.repeat(292)}`,
  ' '.repeat(100_000),
  'a '.repeat(100_000),
);

/** Cron expressions: right, nearly right, hostile, and any text at all. */
export const cronText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: nearlyRight },
  { weight: 3, arbitrary: fromGrammar },
  { weight: 1, arbitrary: long },
  { weight: 1, arbitrary: fc.string({ maxLength: 400, unit: 'binary' }) },
  { weight: 1, arbitrary: fc.stringMatching(/^[-*/,#+?LW0-9A-Z@ ]{0,300}$/) },
);

const twoDigits = fc.integer({ min: 0, max: 25 }).map((value) => String(value).padStart(2, '0'));
const clock = fc
  .tuple(twoDigits, fc.constantFrom('00', '15', '59', '60'))
  .map((at) => at.join(':'));
const windowText = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(clock, clock).map((ends) => ends.join('-')) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
);
const dateText = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.nat({ max: 32 }))
    .map(([year, month, day]) =>
      [
        String(year).padStart(4, '0'),
        ...[month, day].map((part) => String(part).padStart(2, '0')),
      ].join('-'),
    ),
  fc.string({ maxLength: 12 }),
);
const weekdayText = fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'Monday', '');

const profileShape = fc.record(
  {
    week: fc.dictionary(weekdayText, fc.array(windowText, { maxLength: 60, size: 'medium' })),
    closed: fc.record(
      {
        dates: fc.array(dateText, { maxLength: 40, size: 'medium' }),
        holidays: fc.oneof(fc.constantFrom('US-NY', 'DE', 'XX'), fc.string({ maxLength: 8 })),
        ics: fc.string({ maxLength: 40 }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

const rightWindow = fc
  .tuple(timeOfDay, timeOfDay)
  .filter(([open, close]) => open !== close)
  .map((ends) => ends.join('-'));
const rightDate = fc
  .integer({ min: -719_000, max: 2_932_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
const rightProfile = fc.record(
  {
    week: fc.dictionary(
      fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'),
      fc.array(rightWindow, { maxLength: 48, size: 'medium' }),
    ),
    closed: fc.record({ dates: fc.array(rightDate, { maxLength: 300, size: 'large' }) }),
  },
  { requiredKeys: [] },
);

/** Active hours as anyone may write them: right, nearly right, and any value at all. */
export const hoursValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: rightProfile },
  { weight: 2, arbitrary: profileShape },
  { weight: 1, arbitrary: fc.anything({ maxDepth: 3 }) },
);

/** Values for a trigger of any kind: right, nearly right, and any value at all. */
export const triggerValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.record(
    {
      kind: fc.constantFrom('interval', 'calendar', 'cron', 'once', 'never'),
      every: fc.oneof(fc.constantFrom('30m', '3650d', '9s', '1d', '999999999d'), fc.string()),
      anchor: clock,
      from: dateText,
      at: fc.oneof(
        clock,
        fc.array(clock, { maxLength: 5 }),
        dateText.map((date) => `${date}T02:30`),
      ),
      on: fc.array(fc.constantFrom('mon', 'last', 31, 0, 'sun#5', 'fri#last', 'x'), {
        maxLength: 4,
      }),
      months: fc.array(fc.integer({ min: 0, max: 13 }), { maxLength: 3 }),
      expression: cronText,
    },
    { requiredKeys: ['kind'] },
  ),
  // One kind at a time, so that many are accepted.
  fc.record({ kind: fc.constant('once'), at: dateText.map((date) => `${date}T02:30`) }),
  fc.record({ kind: fc.constant('calendar'), at: fc.array(clock, { maxLength: 3 }) }),
  fc.record({
    kind: fc.constant('interval'),
    every: fc.integer({ min: 1, max: 3_650 }).map((days) => `${String(days)}d`),
    from: dateText,
    at: clock,
  }),
  fc.anything({ maxDepth: 2 }),
);

/** Names of zones: those there are, and any text. */
export const zoneText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...Intl.supportedValuesOf('timeZone')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '+02:00',
      'Mars/Olympus',
      '__proto__',
      'UTC+1',
      'a'.repeat(9_999),
    ),
  },
  { weight: 1, arbitrary: fc.string() },
);

/** Instants of any year there is, the ends included; and none that is no number. */
export const anyInstant: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2100, 0, 1) }),
  fc.double({ min: -8.64e15, max: 8.64e15, noNaN: true }),
  fc.constantFrom(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0, -1, 8.64e15, -8.64e15),
);
