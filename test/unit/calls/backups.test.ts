import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventEnvelope } from '../../../contract/calls.ts';
import { backupFolder } from '../../../main/store/database.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

let jackdaw: TestApp;
beforeEach(async () => {
  jackdaw = await openTestApp({ at: '2026-11-24T21:00:00Z' });
});
afterEach(async () => {
  await jackdaw.stop();
});

const ids = async (): Promise<readonly string[]> =>
  (await jackdaw.call('listSchedules', {})).map(({ id }) => id);

describe('calls/backups', () => {
  it('restores a backup in the host that goes on: the former database is kept, its windows start anew', async () => {
    await jackdaw.call('saveSchedule', { schedule: aSchedule(), create: true });
    jackdaw.app.start();
    const made = await jackdaw.call('backUp', {});
    expect(await jackdaw.call('listBackups', {})).toEqual([made]);
    await jackdaw.call('saveSchedule', { schedule: aSchedule({ id: 'later' }), create: true });
    const before = jackdaw.app.changes.revision();
    const heard: EventEnvelope[] = [];
    jackdaw.app.changes.subscribe((event) => void heard.push(event));

    await jackdaw.clock.advance(3_600_000);
    const runs = jackdaw.runner.runs.length;
    const { restored, kept } = await jackdaw.call('restoreBackup', { name: made.name });
    expect([restored, kept]).toEqual([
      made.name,
      join(jackdaw.folder, 'replaced-2026-11-24T220000Z'),
    ]);
    expect(await ids()).toEqual(['posts']);
    expect(readdirSync(kept ?? '')).toContain('jackdaw.db');
    expect(jackdaw.app.changes.revision().start).not.toBe(before.start);
    expect(heard.at(-1)?.revision).toEqual(jackdaw.app.changes.revision());
    expect((await jackdaw.call('getStatus', {})).running).toBe(true);

    // What ran at 21:30 and 22:00 isn't in the backup, and doesn't run again.
    expect(jackdaw.runner.runs.length).toBe(runs);
    await jackdaw.clock.advance(1_000);
    expect(jackdaw.runner.runs.length).toBe(runs);
    expect(await jackdaw.history()).toEqual([]);
    await jackdaw.clock.advance(1_800_000);
    expect((await jackdaw.history()).map(({ slotAt }) => slotAt)).toEqual(['2026-11-24T22:30:00Z']);
  });

  it('refuses a backup that is damaged, and goes on as if nothing had been asked', async () => {
    await jackdaw.call('saveSchedule', { schedule: aSchedule(), create: true });
    const { name } = await jackdaw.call('backUp', {});
    const path = join(backupFolder(jackdaw.folder), name);
    const bytes = readFileSync(path);
    bytes.fill(0xff, 4096, 3 * 4096);
    writeFileSync(path, bytes);
    const before = jackdaw.app.changes.revision();
    expect(await jackdaw.app.calls.call('restoreBackup', { name })).toMatchObject({
      ok: false,
      code: 'invalid',
      message: expect.stringContaining(name) as string,
    });
    expect(jackdaw.app.changes.revision()).toEqual(before);
    expect(await ids()).toEqual(['posts']);
    expect(readdirSync(jackdaw.folder).filter((file) => /replaced|next/.test(file))).toEqual([]);
  });

  it('answers a call made meanwhile from the restored database', async () => {
    const { name } = await jackdaw.call('backUp', {});
    await jackdaw.call('saveSchedule', { schedule: aSchedule(), create: true });
    const [, after] = await Promise.all([
      jackdaw.call('restoreBackup', { name }),
      jackdaw.call('getStatus', {}),
    ]);
    expect(after.schedules.length).toBeLessThanOrEqual(1);
    expect(await ids()).toEqual([]);
  });
});

describe('calls/backups: the doctor', () => {
  it('tells the newest backup, and what lies set aside', async () => {
    const { name } = await jackdaw.call('backUp', {});
    await jackdaw.call('restoreBackup', { name });
    const { checks } = await jackdaw.call('runDoctor', {});
    expect(checks.find(({ check }) => check === 'backups')).toEqual({
      check: 'backups',
      ok: true,
      finding: `The newest backup is of 2026-11-24T21:00:00Z (${name}). Set aside in ${jackdaw.folder}: replaced-2026-11-24T210000Z.`,
      remedy: null,
    });
  });
});
