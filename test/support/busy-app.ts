import type { HoursProfile } from '../../contract/hours.ts';
import type { ScrapedRecord } from '../../contract/scrape.ts';
import { aSchedule } from './builders.ts';
import { openTestApp, type TestApp, type TestAppOptions } from './test-app.ts';
import { settle } from './virtual-clock.ts';

/** Office hours: Monday to Friday, 09:00 to 17:00. */
export const officeHours: HoursProfile = {
  id: 'office',
  name: 'Office hours',
  week: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-17:00']]),
  ),
};

/** Rows as a page gives them, keyed by their url. */
export function rowsAt(
  ...prices: readonly (readonly [string, number])[]
): readonly ScrapedRecord[] {
  return prices.map(([name, price]) => ({ title: name, url: `http://a.test/${name}`, price }));
}

/** Runs a schedule by hand and lets it end with a success that read these rows. Answers the run. */
export async function runWith(
  jackdaw: TestApp,
  id: string,
  records: readonly ScrapedRecord[],
): Promise<number> {
  const { answer } = jackdaw.runner;
  jackdaw.runner.answer = null;
  const { run } = await jackdaw.call('startRun', { id });
  jackdaw.runner.answer = answer;
  jackdaw.runner.runs.at(-1)?.end({ records });
  await settle();
  if (run === null) throw new Error('a manual run has a number');
  return run;
}

/** The name of the backup a busy app has. */
export const busyBackup = 'manual-2026-11-20T080000Z.db';

/** The numbers of the runs a busy app has. */
export interface BusyRuns {
  /** The run of `posts` that read two rows. */
  readonly ended: number;
  /** The run of `prices` that goes on. */
  readonly going: number;
}

/**
 * A Jackdaw in the middle of things, its alarm off: `posts` keeps the office hours and has run,
 * `prices` is running, `old` was deleted, the hours `nights` are kept by none; there is one backup.
 */
export async function openBusyApp(
  options: TestAppOptions = {},
): Promise<{ readonly jackdaw: TestApp; readonly runs: BusyRuns }> {
  const jackdaw = await openTestApp({ at: '2026-11-20T08:00:00Z', ...options });
  await jackdaw.call('saveHours', { profile: officeHours, create: true });
  await jackdaw.call('saveHours', { profile: { id: 'nights' }, create: true });
  const schedules = [
    aSchedule({ hours: 'office' }),
    aSchedule({ id: 'prices', name: 'Prices' }),
    aSchedule({ id: 'old', name: 'Old' }),
  ];
  for (const schedule of schedules) await jackdaw.call('saveSchedule', { schedule, create: true });
  await jackdaw.call('deleteSchedule', { id: 'old' });
  await jackdaw.call('backUp', {});
  const ended = await runWith(jackdaw, 'posts', rowsAt(['one', 1], ['two', 2]));
  jackdaw.runner.answer = null;
  const { run: going } = await jackdaw.call('startRun', { id: 'prices' });
  jackdaw.runner.runs.at(-1)?.observer.log('info', 'Reading page 1.');
  return { jackdaw, runs: { ended, going: going ?? 0 } };
}

/** All that a client can see of an app: equal before and after a call that changed nothing. */
export async function everythingSeen(jackdaw: TestApp): Promise<unknown> {
  const snapshot = await jackdaw.call('getSnapshot', {});
  const ids = snapshot.schedules.map(({ id }) => id);
  return [
    snapshot,
    await jackdaw.call('exportFile', {}),
    await jackdaw.call('listRuns', { limit: 1000 }),
    await Promise.all(ids.map((id) => jackdaw.call('listRecords', { id }))),
    jackdaw.runner.runs.length,
    jackdaw.clock.pending(),
  ];
}
