import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallName } from '../../../contract/names.ts';
import { databasePath } from '../../../main/store/database.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { settle } from '../../support/virtual-clock.ts';

/** Another program that writes to the database, and doesn't come to an end. */
const holder = `
const Database = require('better-sqlite3');
const db = new Database(process.argv[1]);
db.exec('BEGIN IMMEDIATE');
process.stdout.write('held');
process.stdin.on('data', () => { db.exec('ROLLBACK'); db.close(); process.exit(0); });`;

let jackdaw: TestApp;
let other: ChildProcess | null = null;

beforeEach(async () => {
  jackdaw = await openTestApp({ at: '2026-11-20T08:29:50Z' });
  await jackdaw.call('saveSchedule', { schedule: aSchedule(), create: true });
  await jackdaw.call('saveSchedule', { schedule: aSchedule({ id: 'other' }), create: true });
  jackdaw.app.start();
});
afterEach(async () => {
  await release();
  await jackdaw.stop();
});

async function hold(): Promise<void> {
  other = spawn(process.execPath, ['-e', holder, databasePath(jackdaw.folder)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (other.stdout !== null) await once(other.stdout, 'data');
}

async function release(): Promise<void> {
  if (other === null) return;
  const exit = once(other, 'exit');
  other.stdin?.write('go');
  await exit;
  other = null;
}

/** Makes a call, and measures what of this thread's time its answer took. */
async function timed(name: CallName, input: unknown): Promise<{ code: string; tookMs: number }> {
  const startMs = performance.now();
  const result = await jackdaw.app.calls.invoke(name, input);
  return { code: result.ok ? 'ok' : result.code, tookMs: performance.now() - startMs };
}

/** The least of three: a busy machine is slow, a thread that waits is slow each time. */
async function quickest(name: CallName, input: unknown): Promise<{ code: string; tookMs: number }> {
  const answers = [await timed(name, input), await timed(name, input), await timed(name, input)];
  return answers.reduce((best, one) => (one.tookMs < best.tookMs ? one : best));
}

describe('calls: while another program holds the database', () => {
  it.each([1, 10, 60])(
    'for %i s, no outcome is lost and nobody waits for an answer',
    async (seconds) => {
      jackdaw.runner.answer = { afterMs: 5_000, report: { records: [{ title: 'One' }] } };
      // Both are running when it is locked, and end while it is.
      await jackdaw.clock.advance(14_500);
      expect(jackdaw.runner.runs).toHaveLength(2);
      await hold();
      await jackdaw.clock.advance(600);
      await settle();

      for (const [name, input, code] of [
        ['getSnapshot', {}, 'ok'],
        ['getStatus', {}, 'ok'],
        ['listRuns', {}, 'ok'],
        ['listBackups', {}, 'ok'],
        ['changeSettings', { concurrency: 2 }, 'busy'],
        ['startRun', { id: 'posts' }, 'busy'],
      ] as const) {
        const answer = await quickest(name, input);
        expect([name, answer.code]).toEqual([name, code]);
        expect(answer.tookMs, name).toBeLessThan(200);
      }

      await jackdaw.clock.advance(seconds * 1_000);
      await release();
      await jackdaw.clock.advance(60_000);
      const history = await jackdaw.history();
      expect(history.map(({ schedule, outcome, slotAt }) => [schedule, outcome, slotAt])).toEqual([
        ['posts', 'success', '2026-11-20T08:30:00Z'],
        ['other', 'success', '2026-11-20T08:30:00Z'],
      ]);
      expect(await jackdaw.call('listRecords', { id: 'posts' })).toHaveLength(1);
      expect(jackdaw.app.changes.revision().sequence).toBeGreaterThan(0);
    },
  );

  it('backs up all the same: readers are never kept out', async () => {
    await hold();
    expect((await timed('backUp', {})).code).toBe('ok');
  });

  it('claims a slot that fell due meanwhile once it is let go, once', async () => {
    jackdaw.runner.answer = { afterMs: 1_000, report: {} };
    await hold();
    await jackdaw.clock.advance(20_000);
    expect(jackdaw.runner.runs).toHaveLength(0);
    await release();
    await jackdaw.clock.advance(40_000);
    expect(
      (await jackdaw.history('posts')).map(({ outcome, slotAt }) => [outcome, slotAt]),
    ).toEqual([['success', '2026-11-20T08:30:00Z']]);
  });

  it('ends all the same, and the next start settles what could not be written', async () => {
    jackdaw.runner.answer = null;
    await jackdaw.clock.advance(11_000);
    await hold();
    await jackdaw.app.stop();
    await release();
    jackdaw = await openTestApp({ virtual: jackdaw.clock, dataFolder: jackdaw.folder });
    const history = await jackdaw.history('posts');
    expect(history.map(({ outcome }) => outcome)).toEqual(['interrupted']);
  });
});
