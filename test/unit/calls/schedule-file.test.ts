import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleFileSchema } from '../../../contract/file.ts';
import { RefusedError, type Fault } from '../../../contract/result.ts';
import { readScheduleFile, scheduleFileJsonSchema } from '../../../main/calls/schedule-file.ts';
import { sameSchedule, shortestFile, yamlText } from '../../../main/calls/shortest-form.ts';

const scrape = '{ kind: page, url: "http://127.0.0.1:8123/posts/", fields: { title: h3 a } }';

function refusalOf(text: string): RefusedError {
  try {
    readScheduleFile(text);
  } catch (error) {
    if (error instanceof RefusedError) return error;
    throw error;
  }
  throw new Error('the file was read');
}

function faultsOf(text: string): readonly Fault[] {
  return refusalOf(text).faults;
}

/** A file of one schedule, with these lines more. */
function fileWith(...lines: readonly string[]): string {
  return [
    'jackdaw: 1',
    'schedules:',
    '  - id: posts',
    '    name: Posts',
    ...lines.map((line) => `    ${line}`),
  ].join('\n');
}

const inDefault = fileWith('trigger: { kind: interval, every: 30m }', `scrape: ${scrape}`);

describe('calls/schedule-file: reading', () => {
  it('fills in every default of the format', () => {
    expect(readScheduleFile(inDefault)).toEqual({
      jackdaw: 1,
      hours: [],
      schedules: [
        {
          id: 'posts',
          name: 'Posts',
          description: '',
          tags: [],
          enabled: true,
          trigger: { kind: 'interval', every: '30m' },
          outside: 'skip',
          atClose: 'finish',
          jitter: '0s',
          missed: { policy: 'latest', grace: '24h' },
          overlap: 'skip',
          retry: { attempts: 3, backoff: '30s', factor: 2, max: '15m' },
          pauseAfterFailures: 5,
          conditions: {},
          notify: { on: ['failure', 'attention'] },
          timeout: '10m',
          scrape: {
            kind: 'page',
            url: 'http://127.0.0.1:8123/posts/',
            fields: { title: 'h3 a' },
            maxPages: 50,
          },
        },
      ],
    });
  });

  it('reads JSON, a byte order mark and CRLF line ends alike', () => {
    const expected = readScheduleFile(inDefault);
    expect(readScheduleFile(JSON.stringify(expected, null, '\t'))).toEqual(expected);
    expect(readScheduleFile(`\uFEFF${inDefault.replaceAll('\n', '\r\n')}`)).toEqual(expected);
  });

  it('keeps times, dates and words that YAML 1.1 would have turned into something else', () => {
    const text = [
      'jackdaw: 1',
      'hours:',
      '  - id: no',
      '    name: off',
      '    week: { mon: [09:00-12:30, 22:00-02:00] }',
      '    closed: { dates: [2026-12-25] }',
    ].join('\n');
    expect(readScheduleFile(text).hours).toEqual([
      {
        id: 'no',
        name: 'off',
        week: { mon: ['09:00-12:30', '22:00-02:00'] },
        closed: { dates: ['2026-12-25'] },
      },
    ]);
  });

  it.each([
    [
      'a quote left open',
      'jackdaw: 1\nschedules: "x',
      "The file isn't YAML at line 2, column 14: a quote, a bracket or a colon is missing.",
    ],
    [
      'a tab',
      'jackdaw: 1\nschedules:\n\t- id: a',
      "The file isn't YAML at line 3, column 1: a tab indents the line; use spaces.",
    ],
    [
      'two colons',
      'jackdaw: 1\nname: a: b',
      'The file isn\'t YAML at line 2, column 7: one line holds two ": "; put the value in quotes or on a line of its own.',
    ],
    [
      'a bracket too many',
      'jackdaw: 1\nhours: []]',
      "The file isn't YAML at line 2, column 10: this ] has nothing to close.",
    ],
    [
      'a second document',
      'jackdaw: 1\n---\njackdaw: 1',
      "The file isn't YAML at line 2, column 1: a second document begins; write one file for each.",
    ],
    [
      'an older YAML',
      '%YAML 1.1\n---\njackdaw: 1',
      'The file says it is YAML 1.1; write YAML 1.2, or leave the %YAML line out.',
    ],
    ['nothing', '', 'The file holds no schedules; begin it with "jackdaw: 1".'],
  ])('says in one sentence where %s stands', (_, text, message) => {
    const refusal = refusalOf(text);
    expect([refusal.code, refusal.message]).toEqual(['invalid', message]);
  });

  it.each([
    [
      'a name written twice',
      'jackdaw: 1\njackdaw: 1',
      'jackdaw',
      'is written twice; leave one out (line 2, column 1)',
    ],
    [
      '__proto__',
      'jackdaw: 1\n__proto__: { polluted: yes }',
      '__proto__',
      'is not a field known here; leave it out (line 2, column 1)',
    ],
    [
      'a tag',
      'jackdaw: !!int 1',
      'jackdaw',
      'has the tag tag:yaml.org,2002:int; tags are not read, leave it out (line 1, column 16)',
    ],
    [
      'an anchor',
      'jackdaw: &one 1',
      'jackdaw',
      'is marked &one; anchors are not read, leave the mark out (line 1, column 15)',
    ],
    [
      'an alias',
      'jackdaw: 1\nhours: [*one]',
      'hours[0]',
      'repeats *one; aliases are not read, write the value out (line 2, column 9)',
    ],
    [
      'a merge key',
      'jackdaw: 1\n<<: { hours: [] }',
      '<<',
      'is not a field known here; check its spelling or leave it out',
    ],
    [
      'a newer file',
      'jackdaw: 2\nfuture: 1',
      'jackdaw',
      'is 2, and this Jackdaw reads files of version 1; update Jackdaw',
    ],
    [
      'an unknown field',
      `${inDefault}\n    triger: 1`,
      'schedules[0].triger',
      'is not a field known here; check its spelling or leave it out',
    ],
    [
      'an unknown zone',
      `${inDefault}\n    timezone: Mars/Olympus`,
      'schedules[0].timezone',
      'is not a time zone known here; write one such as Europe/Berlin',
    ],
    [
      '24:30',
      `${inDefault}\n    hours: { week: { mon: ["09:00-24:30"] } }`,
      'schedules[0].hours.week.mon[0]',
      'write a window as 09:00-17:00, with times from 00:00 to 24:00',
    ],
    [
      'equal ends',
      `${inDefault}\n    hours: { week: { mon: ["09:00-09:00"] } }`,
      'schedules[0].hours.week.mon[0]',
      'opens and closes at the same time; for the whole day write 00:00-24:00',
    ],
    [
      'a wrong duration',
      `${inDefault}\n    timeout: soon`,
      'schedules[0].timeout',
      'write one whole number and s, m, h or d, for example 30m',
    ],
    [
      'an address that is not of the web',
      inDefault.replace('http:', 'ftp:'),
      'schedules[0].scrape.url',
      'write a whole address that begins with http:// or https://',
    ],
  ])('names the place of %s, and the remedy', (_, text, path, message) => {
    expect(faultsOf(text)).toEqual([{ path, message }]);
  });

  it('names every fault at once, in the order of the file', () => {
    const text = fileWith(
      'trigger: { kind: interval, every: 5 }',
      'jitter: -1s',
      `scrape: ${scrape}`,
    );
    expect(faultsOf(text).map(({ path }) => path)).toEqual([
      'schedules[0].trigger.every',
      'schedules[0].jitter',
    ]);
  });

  it('refuses two entries with one id, of hours as of schedules', () => {
    const schedule = {
      id: 'a',
      name: 'A',
      trigger: { kind: 'interval', every: '1h' },
      scrape: { kind: 'page', url: 'http://a.test', fields: { x: 'p' } },
    };
    const file = {
      jackdaw: 1,
      hours: [{ id: 'h' }, { id: 'h' }],
      schedules: [schedule, { ...schedule, id: 'h' }, schedule],
    };
    expect(faultsOf(JSON.stringify(file))).toEqual([
      { path: 'hours[1].id', message: 'is h, which hours[0] has already; give each its own' },
      {
        path: 'schedules[2].id',
        message: 'is a, which schedules[0] has already; give each its own',
      },
    ]);
  });

  it('refuses a file over 1 MB, counted in bytes', () => {
    const comment = `${inDefault}\n# `;
    const fits = comment + 'x'.repeat(1_000_000 - Buffer.byteLength(comment));
    expect(readScheduleFile(fits)).toEqual(readScheduleFile(inDefault));
    expect(refusalOf(`${fits}x`).code).toBe('too-large');
    expect(refusalOf(comment + 'ä'.repeat(500_000)).code).toBe('too-large');
  });

  it.each([
    ['open brackets', '['.repeat(900_000)],
    ['list marks', '- '.repeat(450_000)],
    ['key marks', '? '.repeat(450_000)],
    ['indents', Array.from({ length: 1300 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
    ['closing brackets', '}'.repeat(900_000)],
    ['mistakes', 'a: b: c\n'.repeat(100_000)],
    ['numbers', `jackdaw: 1\nschedules: [${'1,'.repeat(490_000)}1]`],
    ['empty entries', `jackdaw: 1\nschedules:\n${'- {}\n'.repeat(150_000)}`],
    ['names', Array.from({ length: 90_000 }, (_, n) => `k${String(n)}: 1\n`).join('')],
    [
      'a thousand laughs',
      `a: &a [x]\n${Array.from({ length: 1000 }, (_, n) => `b${String(n)}: &b${String(n)} [*a, *a]`).join('\n')}`,
    ],
  ])('gives up at once on a file made of %s', (_, text) => {
    // The time of the processor, not of the wall: other tests run beside this one.
    const before = process.cpuUsage();
    expect(refusalOf(text).code).toBe('invalid');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
  });

  it('reads seven hundred schedules', () => {
    const one = { name: 'N', trigger: { kind: 'interval', every: '30m' } };
    const page = { kind: 'page', url: 'http://a.test/', fields: { title: 'h2' } };
    const schedules = Array.from({ length: 700 }, (_, index) => ({
      ...{ ...one, id: `s${String(index)}`, scrape: page },
    }));
    expect(readScheduleFile(yamlText({ jackdaw: 1, schedules })).schedules).toHaveLength(700);
  });

  it('answers every damaged file with a refusal, or with a file that is valid', () => {
    const whole = yamlText(shortestFile(readScheduleFile(inDefault)));
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.nat(12),
        fc.string({
          unit: fc.constantFrom(...Array.from('{}[]:-?&*!|>\'"%@`# \t\n~<,0aä\u0000\\')),
          maxLength: 6,
        }),
        (at, length, patch) => {
          const text = whole.slice(0, at) + patch + whole.slice(at + length);
          try {
            expect(scheduleFileSchema.parse(readScheduleFile(text))).toEqual(
              readScheduleFile(text),
            );
          } catch (error) {
            if (!(error instanceof RefusedError)) throw error;
            expect(error.message).not.toMatch(/\n/);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives a JSON Schema that names the required fields', () => {
    const schema = scheduleFileJsonSchema();
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['jackdaw'],
      additionalProperties: false,
    });
  });
});

const windowArbitrary = fc.constantFrom('09:00-12:30', '13:30-17:00', '22:00-02:00', '00:00-24:00');
const daysArbitrary = fc.dictionary(
  fc.constantFrom('mon', 'tue', 'wed', 'sat', 'sun'),
  fc.array(windowArbitrary, { maxLength: 3 }),
  { noNullPrototype: true },
);
const hoursArbitrary = fc.record(
  {
    week: daysArbitrary,
    closed: fc.record(
      {
        dates: fc.array(fc.constantFrom('2026-12-25', '2027-01-01'), { maxLength: 2 }),
        holidays: fc.constant('US-NY'),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const textArbitrary = fc.oneof(
  fc.constantFrom(
    'yes',
    'null',
    '~',
    '1e3',
    '0x10',
    '09:00',
    '2026-12-01',
    '- a',
    'a: b',
    '# x',
    '*x',
    "it's",
    '"',
    'ä\n\u00a0b',
    ' x',
  ),
  fc.string({ maxLength: 30 }),
);
const nameArbitrary = textArbitrary.map((text) => text.trim()).filter((text) => text.length > 0);
const fieldArbitrary = fc.oneof(
  fc.constantFrom('h3 a', '.price'),
  fc.record(
    {
      select: fc.constantFrom('h3 a', 'time'),
      attr: fc.constant('href'),
      pattern: fc.constant('(\\d+, \\d{4})'),
      as: fc.constantFrom('text', 'number', 'date'),
      many: fc.boolean(),
      required: fc.boolean(),
    },
    { requiredKeys: [], noNullPrototype: true },
  ),
);
const triggerArbitrary = fc.constantFrom(
  { kind: 'interval', every: '30m' },
  { kind: 'interval', every: '30m', anchor: '00:00' },
  { kind: 'interval', every: '7h', anchor: '06:00' },
  { kind: 'interval', every: '2d', from: '2026-12-01', at: '09:00' },
  { kind: 'calendar', at: ['09:00'], on: ['mon', 15, 'fri#last'], months: [1] },
  { kind: 'cron', expression: '*/15 9-17 * * 1-5' },
  { kind: 'once', at: '2026-12-01T09:00' },
);
const scheduleArbitrary = fc.record(
  {
    name: nameArbitrary,
    description: textArbitrary,
    tags: fc.array(nameArbitrary, { maxLength: 2 }),
    enabled: fc.boolean(),
    timezone: fc.constantFrom('Europe/Berlin', 'America/New_York'),
    trigger: triggerArbitrary,
    hours: fc.oneof(fc.constantFrom('always', 'office'), hoursArbitrary),
    outside: fc.constantFrom('skip', 'defer'),
    atClose: fc.constantFrom('finish', 'stop', 'abort'),
    jitter: fc.constantFrom('0s', '5m'),
    missed: fc.record(
      { policy: fc.constantFrom('latest', 'all'), grace: fc.constantFrom('24h', '1h') },
      { requiredKeys: [], noNullPrototype: true },
    ),
    retry: fc.record(
      {
        attempts: fc.constantFrom(1, 3),
        factor: fc.constantFrom(2, 1.5),
        max: fc.constantFrom('15m', '1h'),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
    notify: fc.record(
      { on: fc.constantFrom(['failure', 'attention'], [], ['change']) },
      { requiredKeys: [], noNullPrototype: true },
    ),
    conditions: fc.constantFrom({}, { power: 'ac' }, { network: true }),
    enough: fc.constantFrom('success', 'change'),
    scrape: fc.record(
      {
        kind: fc.constant('page'),
        url: fc.constantFrom('http://127.0.0.1:8123/posts/', 'https://a.test/?q=a%20b#c'),
        items: fc.constantFrom('article.book-post', 'a[aria-label=Next]'),
        fields: fc.dictionary(fc.constantFrom('title', 'url', 'price'), fieldArbitrary, {
          minKeys: 1,
          noNullPrototype: true,
        }),
        maxPages: fc.constantFrom(50, 3),
      },
      { requiredKeys: ['kind', 'url', 'fields'], noNullPrototype: true },
    ),
  },
  { requiredKeys: ['name', 'trigger', 'scrape'], noNullPrototype: true },
);
const fileArbitrary = fc
  .record(
    {
      hours: fc.array(hoursArbitrary, { maxLength: 2 }),
      schedules: fc.array(scheduleArbitrary, { maxLength: 3 }),
    },
    { noNullPrototype: true },
  )
  .map(({ hours, schedules }) =>
    scheduleFileSchema.parse({
      jackdaw: 1,
      hours: hours.map((profile, index) => ({ ...profile, id: `hours-${String(index)}` })),
      schedules: schedules.map((schedule, index) => ({
        ...schedule,
        id: `schedule-${String(index)}`,
      })),
    }),
  );

describe('calls/schedule-file: the shortest form', () => {
  it('leaves out whatever equals the default, and nothing else', () => {
    const [schedule] = readScheduleFile(
      fileWith(
        'description: ""',
        'tags: []',
        'enabled: false',
        'trigger: { kind: interval, every: 30m, anchor: "00:00" }',
        'hours: { week: { mon: [], tue: ["09:00-17:00"] }, closed: { dates: [] } }',
        'missed: { policy: latest, grace: 2h }',
        'retry: { attempts: 3, backoff: 30s, factor: 2, max: 15m }',
        'timeout: 10m',
        'scrape: { kind: page, url: "http://a.test/", fields: { title: { select: h3 a, as: text }, url: { select: a, attr: href } }, maxPages: 50 }',
      ),
    ).schedules;
    if (schedule === undefined) throw new Error('the schedule was lost');
    expect(yamlText(shortestFile({ jackdaw: 1, hours: [], schedules: [schedule] }))).toBe(
      [
        'jackdaw: 1',
        'schedules:',
        '  - id: posts',
        '    name: Posts',
        '    enabled: false',
        '    trigger:',
        '      kind: interval',
        '      every: 30m',
        '    hours:',
        '      week:',
        '        tue: [09:00-17:00]',
        '    missed:',
        '      grace: 2h',
        '    scrape:',
        '      kind: page',
        '      url: http://a.test/',
        '      fields:',
        '        title: h3 a',
        '        url:',
        '          select: a',
        '          attr: href',
        '',
      ].join('\n'),
    );
  });

  it('keeps a week without a window: it is always closed, while no week is always open', () => {
    const file = readScheduleFile('jackdaw: 1\nhours: [{ id: never, week: {} }, { id: ever }]');
    expect(shortestFile(file)).toEqual({
      jackdaw: 1,
      hours: [{ id: 'never', week: {} }, { id: 'ever' }],
    });
  });

  it('survives being written and read, as YAML and as JSON, for any file', () => {
    fc.assert(
      fc.property(fileArbitrary, (file) => {
        const short = shortestFile(file);
        const fromYaml = readScheduleFile(yamlText(short));
        expect(fromYaml).toEqual(readScheduleFile(JSON.stringify(short)));
        expect(shortestFile(fromYaml)).toEqual(short);
        expect(
          fromYaml.schedules.every((one, index) => sameSchedule(one, file.schedules[index] ?? one)),
        ).toBe(true);
      }),
      { numRuns: 120 },
    );
  });

  it('sees a difference in any value, and in the order of the columns', () => {
    const read = (fields: string) => {
      const [schedule] = readScheduleFile(
        fileWith(
          'trigger: { kind: interval, every: 30m }',
          `scrape: { kind: page, url: "http://a.test/", fields: ${fields} }`,
        ),
      ).schedules;
      if (schedule === undefined) throw new Error('the schedule was lost');
      return schedule;
    };
    const first = read('{ title: h3, url: a }');
    expect(
      sameSchedule(first, read('{ title: { select: h3 }, url: { select: a, many: false } }')),
    ).toBe(true);
    expect(sameSchedule(first, read('{ url: a, title: h3 }'))).toBe(false);
    expect(sameSchedule(first, { ...first, jitter: '1m' })).toBe(false);
  });
});
