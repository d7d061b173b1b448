import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CliIo } from '../../../main/cli/io.ts';
import { nodeParts } from '../../../main/cli/node-parts.ts';
import { runCli } from '../../../main/cli/run-cli.ts';
import { aFolder } from '../../support/builders.ts';
import type { Said } from './harness.ts';

let folder: string;
let remove: () => void;
beforeEach(() => {
  ({ path: folder, remove } = aFolder());
});
afterEach(() => {
  remove();
});

/** The command line as the entry runs it; its data folder must never come to be. */
async function jackdaw(argv: readonly string[], stdin = ''): Promise<Said> {
  const said = { out: '', err: '' };
  const io: CliIo = {
    stdin: Readable.from([stdin]),
    out: (text) => {
      said.out += text;
      return Promise.resolve();
    },
    err: (text) => {
      said.err += text;
    },
    terminal: false,
    onInterrupt: () => () => undefined,
    exit: () => undefined,
  };
  const data = join(folder, 'data');
  const code = await runCli(argv, nodeParts(io, { JACKDAW_DATA: data }));
  expect(existsSync(data)).toBe(false);
  return { code, ...said };
}

const lines = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

/** The answers of `simulate -` to these questions. */
async function answers(...questions: readonly unknown[]): Promise<readonly unknown[]> {
  const text = questions.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  const { code, out, err } = await jackdaw(['simulate', '-'], `${text.join('\n')}\n`);
  expect([code, err]).toEqual([0, '']);
  return lines(out);
}

const success = (schedule: string, slotAt: string, startedAt = slotAt) => ({
  ...{ schedule, slotAt, firstSlotAt: slotAt, startedAt },
  ...{ outcome: 'success', coalesced: 1, reason: null },
});

const posts = {
  id: 'posts',
  timezone: 'UTC',
  trigger: { kind: 'interval', every: '30m' },
  hours: { week: { fri: ['09:00-10:30'] } },
};
const question = { schedule: posts, from: '2026-11-20T08:00:00Z', to: '2026-11-20T12:00:00Z' };

describe('cli: simulate -', () => {
  it('answers each line with the ledger of its schedule, in order, and goes on after a bad one', async () => {
    const nights = [{ id: 'nights', week: { fri: ['22:00-23:00'] } }];
    const found = await answers(
      question,
      'not a line',
      {
        ...question,
        schedule: { ...posts, hours: 'nights' },
        hours: nights,
        to: '2026-11-21T00:00:00+01:00',
      },
      {
        ...question,
        asleep: [
          ['2026-11-20T09:40:00Z', '2026-11-20T10:10:00Z'],
          ['2026-11-20T08:50:00Z', '2026-11-20T09:45:00Z'],
        ],
      },
    );
    expect(found).toEqual([
      { ledger: ['09:00', '09:30', '10:00'].map((at) => success('posts', `2026-11-20T${at}:00Z`)) },
      {
        error: { code: 'invalid', message: 'The line is not JSON; write one JSON object a line.' },
      },
      { ledger: ['22:00', '22:30'].map((at) => success('posts', `2026-11-20T${at}:00Z`)) },
      {
        ledger: [
          {
            ...success('posts', '2026-11-20T10:00:00Z', '2026-11-20T10:10:00Z'),
            firstSlotAt: '2026-11-20T09:00:00Z',
            coalesced: 3,
          },
        ],
      },
    ]);
  });

  it('lets runs take half a minute, or as long as is said', async () => {
    const often = { ...posts, trigger: { kind: 'interval', every: '10s' }, overlap: 'skip' };
    const short = {
      ...question,
      schedule: often,
      from: '2026-11-20T08:59:59Z',
      to: '2026-11-20T09:00:31Z',
    };
    const outcomes = (answer: unknown): readonly string[] =>
      (answer as { ledger: readonly { outcome: string }[] }).ledger.map(({ outcome }) => outcome);
    const [usual, quick] = await answers(short, { ...short, runTime: '5s' });
    expect(outcomes(usual)).toEqual(['success', 'skipped', 'skipped', 'success']);
    expect(outcomes(quick)).toEqual(['success', 'success', 'success', 'success']);
  });

  it('keeps holidays beyond the years that are read at first', async () => {
    const daily = { ...posts, trigger: { kind: 'calendar', at: ['09:00'], months: [12] } };
    const closed = { dates: ['2033-12-24'], holidays: 'DE' };
    const [answer] = await answers({
      ...question,
      schedule: { ...daily, hours: { closed } },
      from: '2033-12-20T00:00:00Z',
      to: '2033-12-28T00:00:00Z',
    });
    const days = (answer as { ledger: readonly { slotAt: string }[] }).ledger.map(({ slotAt }) =>
      Number(slotAt.slice(8, 10)),
    );
    expect(days).toEqual([20, 21, 22, 23, 27]);
  });

  const chained = { id: 'posts', after: { schedule: 'others' } };
  it.each<readonly [string, unknown, RegExp]>([
    ['a from that is its to', { ...question, to: question.from }, /^to: is not after from; /],
    [
      'a sleep that ends first',
      { ...question, asleep: [['2026-11-20T09:00:00Z', '2026-11-20T09:00:00Z']] },
      /^asleep\[0\]: ends before it has begun; /,
    ],
    ['one instant of a sleep', { ...question, asleep: [['2026-11-20T09:00:00Z']] }, /^asleep\[0\]/],
    [
      'a time without an offset',
      { ...question, from: '2026-11-20T08:00:00' },
      /^from: write an instant with its offset/,
    ],
    [
      'hours that aren’t there',
      { ...question, schedule: { ...posts, hours: 'nights' } },
      /^schedule\.hours: names the hours nights, which don't exist; /,
    ],
    [
      'hours twice',
      { ...question, hours: [{ id: 'a' }, { id: 'a' }] },
      /^hours\[1\]\.id: is a, which hours\[0\] has already; /,
    ],
    [
      'a chain without its begin',
      { ...question, schedule: chained },
      /^schedule\.after\.schedule: names the schedule others, which doesn't exist; /,
    ],
    [
      'a cron of four fields',
      { ...question, schedule: { ...posts, trigger: { kind: 'cron', expression: '* * * *' } } },
      /^schedule\.trigger\.expression: has 4 fields; /,
    ],
    [
      'holidays of nowhere',
      { ...question, schedule: { ...posts, hours: { closed: { holidays: 'XX' } } } },
      /^schedule\.hours\.closed\.holidays: /,
    ],
    ['an unknown field', { ...question, colour: 1 }, /^colour: is not a field known here; /],
    ['no schedule', { from: question.from, to: question.to }, /^schedule: is missing; /],
    ['no object', '[]', /^must be a group of fields$/],
  ])('says in one sentence what is wrong: %s', async (_, line, message) => {
    expect(await answers(line)).toEqual([
      { error: { code: 'invalid', message: expect.stringMatching(message) as string } },
    ]);
  });

  it('refuses at once what has too many slots', async () => {
    const every = {
      ...posts,
      hours: 'always',
      trigger: { kind: 'cron', expression: '* * * * * *' },
    };
    expect(await answers({ ...question, schedule: every, to: '2036-11-20T08:00:00Z' })).toEqual([
      {
        error: {
          code: 'too-large',
          message:
            'There are over 2,000,000 slots between from and to; choose a shorter time or fewer schedules.',
        },
      },
    ]);
  });
});

describe('cli: simulate --file', () => {
  const text = [
    'jackdaw: 1',
    'hours:',
    '  - { id: office, week: { fri: ["09:00-10:00"] } }',
    'schedules:',
    '  - { id: posts, timezone: UTC, trigger: { kind: interval, every: 30m }, hours: office }',
    '  - { id: xn--details, timezone: UTC, after: { schedule: posts } }',
    '',
  ].join('\n');
  const span = ['--from', '2026-11-20T08:00:00Z', '--to', '2026-11-20T12:00:00Z'];

  it('prints the ledger as JSON lines, and the same with --json', async () => {
    const path = join(folder, 'file.yaml');
    writeFileSync(path, text);
    const argv = ['simulate', '--file', path, ...span, '--run-time', '2m'];
    const asleep = ['--asleep', '2026-11-20T09:20:00Z/2026-11-20T09:45:00Z'];
    const again = ['--asleep', '2026-11-20T08:30:00Z/2026-11-20T09:00:30Z'];
    const { code, out, err } = await jackdaw([...argv, ...asleep, ...again]);
    expect([code, err]).toEqual([0, '']);
    expect(lines(out)).toEqual([
      success('posts', '2026-11-20T09:00:00Z', '2026-11-20T09:00:30Z'),
      success('xn--details', '2026-11-20T09:02:30Z'),
      success('posts', '2026-11-20T09:30:00Z', '2026-11-20T09:45:00Z'),
      success('xn--details', '2026-11-20T09:47:00Z'),
    ]);
    expect((await jackdaw([...argv, ...asleep, ...again, '--json'])).out).toBe(out);
    expect(readdirSync(folder)).toEqual(['file.yaml']);
  });

  it('says every fault of its options, each by its name', async () => {
    const bad = ['--from', 'today', '--asleep', '2026-11-20T09:00:00Z', '--run-time', 'long'];
    const { code, out, err } = await jackdaw(['simulate', '--file', '-', ...bad], text);
    expect([code, out]).toEqual([1, '']);
    expect(err.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^--from: write an instant with its offset/),
      expect.stringMatching(/^--to: is missing/),
      expect.stringMatching(/^--asleep\[0\]: write two instants with a slash between them/),
      expect.stringMatching(/^--run-time: write one whole number/),
    ]);
    const later = ['--from', '2026-11-20T12:00:00Z', '--to', '2026-11-20T08:00:00Z'];
    expect((await jackdaw(['simulate', '--file', '-', ...later], text)).err).toMatch(
      /^--to: is not after from; /,
    );
  });

  it('is used with a file or with -, and not with both', async () => {
    for (const argv of [[], ['posts'], ['-', '--file', 'a'], ['-', '--asleep', 'a']]) {
      const { code, err } = await jackdaw(['simulate', ...argv]);
      expect([argv, code]).toEqual([argv, 2]);
      expect(err).toMatch(/; see jackdaw simulate --help\n$/);
    }
  });
});
