import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/store/database.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { benchWithoutHost } from '../cli/harness.ts';

const halfHour = 30 * 60_000;
const clean = {
  check: 'ledger',
  ok: true,
  finding: 'Every slot has one outcome: nothing twice, nothing outside its hours, no gap.',
  remedy: null,
};
const remedy =
  'Schedules go on. Copy the data folder to keep the evidence, and report this as a fault of Jackdaw.';

let jackdaw: TestApp;
afterEach(() => jackdaw.stop());

async function opened(): Promise<TestApp> {
  jackdaw = await openTestApp({ unaudited: 'its slots are broken by hand' });
  await jackdaw.call('saveSchedule', { schedule: aSchedule(), create: true });
  jackdaw.app.start();
  return jackdaw;
}

/** What another program does to the database of a living host. */
function breakIn(folder: string, sql: string): void {
  const db = openDatabase(folder);
  db.exec(sql);
  db.close();
}

async function ledgerOf(app: TestApp) {
  const { ok, checks } = await app.call('runDoctor', { ledger: true });
  return { ok, checks: checks.filter(({ check }) => check === 'ledger') };
}

describe('calls/ledger-check', () => {
  it('looks at the ledger only where asked to', async () => {
    const app = await opened();
    const { checks } = await app.call('runDoctor', {});
    expect(checks.map(({ check }) => check)).not.toContain('ledger');
    expect(await ledgerOf(app)).toEqual({ ok: true, checks: [clean] });
  });

  it('finds nothing wrong with runs that wait, go on, or have ended', async () => {
    const app = await opened();
    app.runner.answer = null;
    await app.clock.advance(2 * halfHour);
    app.runner.runs[0]?.end();
    await app.clock.advance(halfHour);
    expect(await ledgerOf(app)).toEqual({ ok: true, checks: [clean] });
  });

  it('says of each finding whose it is, and counts what it doesn’t show', async () => {
    const app = await opened();
    await app.clock.advance(25 * halfHour);
    breakIn(app.folder, 'UPDATE slots SET next_slot_at = next_slot_at - 60000 WHERE slot = 3');
    expect(await ledgerOf(app)).toEqual({
      ok: false,
      checks: [
        { check: 'ledger', ok: false, finding: "One entry of the ledger can't be right.", remedy },
        {
          check: 'ledger',
          ok: false,
          code: 'gap',
          schedule: 'posts',
          slotAt: '2026-11-20T10:00:00Z',
          finding:
            'posts, slot 2026-11-20T10:00:00Z: the row before names 2026-11-20T09:59:00Z as the next, and this one begins at 2026-11-20T10:00:00Z.',
          remedy: null,
        },
      ],
    });
    breakIn(app.folder, 'UPDATE slots SET next_slot_at = next_slot_at - 60000');
    const { checks } = await ledgerOf(app);
    expect([checks.length, checks[0]?.finding]).toEqual([
      21,
      "24 entries of the ledger can't be right; the first 20 follow.",
    ]);
  });

  it('finds a run that nothing carries out', async () => {
    const app = await opened();
    app.runner.answer = null;
    await app.clock.advance(halfHour);
    expect((await ledgerOf(app)).ok).toBe(true);
    breakIn(
      app.folder,
      `INSERT INTO runs (schedule, attempt, cause, state, recorded_at, started_at, epoch)
       SELECT schedule, 1, 'manual', 'running', recorded_at, started_at, epoch FROM runs`,
    );
    expect((await ledgerOf(app)).checks[1]).toMatchObject({
      code: 'stuck-run',
      slotAt: null,
      finding: 'posts, run 2: it is running, and no living process carries it out.',
    });
  });

  it('says so where the ledger can’t be read', async () => {
    const app = await opened();
    breakIn(app.folder, 'ALTER TABLE counted_from RENAME TO lost');
    expect(await ledgerOf(app)).toEqual({
      ok: false,
      checks: [
        {
          check: 'ledger',
          ok: false,
          finding: "The ledger can't be read: no such table: counted_from.",
          remedy: 'See what doctor says of the database.',
        },
      ],
    });
  });

  it('is printed by doctor --ledger, with exit code 1 where something is wrong', async () => {
    const app = await opened();
    await app.clock.advance(2 * halfHour);
    const bench = benchWithoutHost();
    await bench.cli(['list']);
    const sound = await bench.cli(['doctor', '--ledger']);
    expect([sound.code, sound.out]).toEqual([
      0,
      expect.stringContaining(`\nok     ledger: ${clean.finding}\n`),
    ]);
    breakIn(
      bench.folder,
      `ATTACH '${app.folder}/jackdaw.db' AS other; INSERT INTO plans SELECT * FROM other.plans;
       INSERT INTO schedules SELECT * FROM other.schedules;
       INSERT INTO slots SELECT * FROM other.slots`,
    );
    const { code, out } = await bench.cli(['doctor', '--ledger']);
    expect([code, out]).toEqual([
      1,
      expect.stringContaining(
        'FAULT  ledger (no-attempt): posts, slot 2026-11-20T08:30:00Z: it was started, and no attempt of it is on record.',
      ),
    ]);
    await bench.stop();
  });
});
