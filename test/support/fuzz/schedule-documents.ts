import fc from 'fast-check';
import { scheduleFileSchema } from '../../../contract/file.ts';
import { jsonSchemaOf, valuesOf, type Words } from './schema-values.ts';

const names = fc.oneof(
  fc.constantFrom(
    'yes',
    'null',
    '~',
    '1e3',
    '09:00',
    '- a',
    'a: b',
    '# x',
    '*x',
    "it's",
    '"',
    'ä\nb',
  ),
  fc.string({ minLength: 1, maxLength: 30 }),
);

const selectors = fc.constantFrom(
  'h2',
  'article.post',
  'h3 > a',
  'a[rel="next"]',
  'td:nth-child(2)',
);

/** What the fields of a schedule file hold in life; most of it is right. */
const fileWords: Words = {
  id: fc.stringMatching(/^[a-z]$/),
  name: names,
  timezone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'UTC'),
  hours: fc.constantFrom('always', 'office', { week: { fri: ['22:00-02:00'] } }),
  schedule: fc.constantFrom('posts', 'a', 'b'),
  trigger: fc.constantFrom<unknown>(
    { kind: 'interval', every: '30m', anchor: '00:00' },
    { kind: 'interval', every: '2d', from: '2026-12-01', at: '09:00' },
    { kind: 'calendar', at: ['09:00', '14:30'], on: ['mon', 15, 'fri#last'], months: [1, 6] },
    { kind: 'cron', expression: '*/15 9-17 * * 1-5' },
    { kind: 'once', at: '2026-12-01T09:00' },
  ),
  jitter: fc.constantFrom('0s', '40s', '5m'),
  grace: fc.constantFrom('1h', '24h'),
  backoff: fc.constantFrom('30s', '5m'),
  max: fc.constantFrom('15m', '1h'),
  timeout: fc.constantFrom('10m', '30s'),
  holidays: fc.constantFrom('US-NY', 'DE'),
  ics: fc.constant('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:a\r\nEND:VCALENDAR\r\n'),
  dates: fc.constantFrom(['2026-12-25'], [], ['2027-01-01', '2027-01-01']),
  week: fc.constantFrom({ mon: ['09:00-12:30', '13:30-17:00'] }, { sat: ['22:00-02:00'] }, {}),
  url: fc.constantFrom('http://127.0.0.1:9/', 'https://a.test/?q=a%20b#c'),
  fields: fc.constantFrom<unknown>(
    { title: 'h2' },
    { title: 'h3 a', url: { select: 'a', attr: 'href' } },
    { price: { select: '.price', as: 'number', locale: 'de', required: false } },
    { date: { pattern: '([A-Z][a-z]+ \\d{1,2}, \\d{4})', as: 'date', format: 'MMMM d, yyyy' } },
  ),
  items: selectors,
  next: selectors,
  key: fc.constantFrom('title', 'url'),
};

type Entry = Readonly<Record<string, unknown>>;

const daily = { kind: 'calendar', at: ['09:00'] };

/** Makes its parts go together, as a person would: one of trigger and chain, a key among the fields. */
function sorted(schedule: Entry): Entry {
  const { after, trigger, scrape, ...rest } = schedule;
  const { key, ...page } = scrape as Entry;
  const isKnown = Object.hasOwn(page['fields'] as Entry, String(key));
  const when =
    after === undefined || trigger !== undefined ? { trigger: trigger ?? daily } : { after };
  return { ...rest, ...when, scrape: isKnown ? { ...page, key } : page };
}

const { hours = {}, schedules = {} } = jsonSchemaOf(scheduleFileSchema).properties ?? {};

/** Schedule files as a person may write them; most of them are right. */
export const scheduleDocument: fc.Arbitrary<unknown> = fc.record(
  {
    jackdaw: fc.constant(1),
    hours: valuesOf(hours, fileWords),
    schedules: valuesOf(schedules, fileWords).map((list) => (list as readonly Entry[]).map(sorted)),
  },
  { requiredKeys: ['jackdaw'], noNullPrototype: true },
);
