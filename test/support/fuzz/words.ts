import fc from 'fast-check';
import { aSchedule } from '../builders.ts';
import { busyBackup } from '../busy-app.ts';
import { cronText, zoneText } from '../random-texts.ts';
import type { Words } from './schema-values.ts';

const aFile = JSON.stringify({
  jackdaw: 1,
  schedules: [{ ...aSchedule({ id: 'fresh' }), hours: 'always' }],
});

const selector = fc.constantFrom(
  'h2',
  'article',
  'h3 > a',
  'a[href]',
  'div:has(a)',
  ':not(',
  '>>',
  '*',
);

/** What the fields of the contract hold in life, on the busy app of the tests. */
export const busyWords: Words = {
  id: fc.constantFrom(
    'posts',
    'prices',
    'old',
    'office',
    'nights',
    'fresh',
    'nobody',
    'constructor',
  ),
  schedule: fc.oneof(
    fc.constantFrom<unknown>(
      aSchedule(),
      aSchedule({ id: 'fresh', hours: 'office', outside: 'defer' }),
      aSchedule({ id: 'chain', trigger: undefined, after: { schedule: 'posts', on: 'change' } }),
      { ...aSchedule(), trigger: { kind: 'cron', expression: '*/7 2 * * *' } },
      'posts',
    ),
    fc.anything({ maxDepth: 2 }),
  ),
  scrape: fc.constantFrom<unknown>(aSchedule().scrape, { kind: 'page', url: 'http://a.test/' }),
  run: fc.integer({ min: 0, max: 5 }),
  hours: fc.constantFrom('office', 'nights', 'always', 'nobody', {
    week: { mon: ['09:00-17:00'] },
  }),
  defaultHours: fc.constantFrom('office', 'always', 'nobody'),
  at: fc.constantFrom('2026-11-23T10:00', '2026-11-20T08:00', '09:00', ['09:00', '14:30']),
  from: fc.constant('2026-12-01'),
  every: fc.constantFrom('30m', '10s', '24h', '2d', '7m', '0s'),
  expression: cronText,
  jitter: fc.constantFrom('0s', '40s', '5m'),
  timeout: fc.constantFrom('10m', '1s', '24h'),
  hostGap: fc.constantFrom('0s', '1s', '1h', '2h'),
  keepHistory: fc.constantFrom('1d', '365d', '3650d', '0d'),
  timezone: fc.oneof(fc.constantFrom('Europe/Berlin', 'UTC'), zoneText),
  holidays: fc.constantFrom('US-NY', 'DE', 'XX', 'de'),
  ics: fc.constantFrom('BEGIN:VCALENDAR\nEND:VCALENDAR', 'BEGIN:VEVENT', ''),
  until: fc.constantFrom(
    '2026-11-21T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2026-11-19T00:00:00+01:00',
  ),
  after: fc.constantFrom('2026-11-21T00:00:00Z', { schedule: 'posts', on: 'success' }),
  before: fc.constantFrom('1763712000000.r1', '1763625600000.s2', 'x', '9'.repeat(99)),
  cursor: fc.constantFrom('r1', 'r2', 's1', 's9', 'r0', 'r99999999999999999999'),
  text: fc.constantFrom(aFile, 'jackdaw: 1', 'jackdaw: 2', '', '{', 'hours: [*a]'),
  file: fc.constantFrom(aFile, 'jackdaw: 1', '- - -', ''),
  name: fc.constantFrom(busyBackup, 'Posts', 'x', '../jackdaw.db', ' '),
  url: fc.constantFrom(
    'http://127.0.0.1:9/',
    'https://a.test/?q=1',
    'file:///etc/passwd',
    'http://',
  ),
  items: selector,
  next: selector,
  select: selector,
  pattern: fc.constantFrom('(\\d+)', '(a+)+$', '(', '[[:alpha:]]', '(?<n>x)'),
  format: fc.constantFrom('yyyy-MM-dd', 'MMMM d, yyyy', 'csv', '', 'QQQQ'),
  locale: fc.constantFrom('de', 'en', 'xx-invalid-locale', 'ar-EG'),
  key: fc.constantFrom('url', 'title', 'absent'),
};
