import type { HistoryEntry } from '../../contract/ledger.ts';
import type { ScheduleInput } from '../../contract/schedule.ts';
import { aSchedule } from './builders.ts';
import { officeHours } from './busy-app.ts';
import { openTestApp, type TestApp, type TestAppOptions } from './test-app.ts';

/** An app with these schedules and the office hours, its alarm armed. */
export async function armedApp(
  schedules: readonly Partial<ScheduleInput>[] = [{}],
  options: TestAppOptions = {},
): Promise<TestApp> {
  const jackdaw = await openTestApp(options);
  await jackdaw.call('saveHours', { profile: officeHours, create: true });
  for (const given of schedules)
    await jackdaw.call('saveSchedule', { schedule: aSchedule(given), create: true });
  jackdaw.app.start();
  return jackdaw;
}

/** A row of the history in short: `11-20T09:00 ×3 missed(closed)`; a manual run has its cause for a slot. */
export function shortRow({ slotAt, coalesced, outcome, reason, cause }: HistoryEntry): string {
  const end = `${outcome ?? 'open'}${reason === null ? '' : `(${reason})`}`;
  return `${slotAt?.slice(5, 16) ?? cause} ×${String(coalesced)} ${end}`;
}

/** The history in short, oldest first. */
export async function shortHistory(jackdaw: TestApp, id?: string): Promise<readonly string[]> {
  return (await jackdaw.history(id)).map(shortRow);
}

/** The rows of a page: so many, each with an address of its own. */
export function someRows(count: number, stem = 'row') {
  return Array.from({ length: count }, (_, index) => ({
    title: `${stem} ${String(index)}`,
    url: `http://a.test/${stem}/${String(index)}`,
  }));
}
