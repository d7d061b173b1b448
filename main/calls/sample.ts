import type { CallOutput } from '../../contract/calls.ts';
import { atSampleUrl, sampleIds, sampleSchedules } from '../sample/sample-schedules.ts';
import type { SampleServer } from '../sample/sample-server.ts';
import { zoneOf } from '../scheduler/plan.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { insertSchedule, updateSchedule } from '../store/schedules.ts';
import type { Writer } from '../store/statement.ts';
import type { Context } from './context.ts';
import { worldOf } from './world.ts';

/** Adds the sample's schedules and serves their site; those that are there already stay as they are. */
export async function addSample(context: Context): Promise<CallOutput<'addSample'>> {
  const { db, scheduler, clock, sample } = context;
  const url = await sample.open();
  const timezone = zoneOf({}, worldOf(context));
  const schedules = sampleSchedules({ url, now: clock.now(), timezone });
  const isPresent = (id: string): boolean => scheduler.book.byId(id) !== undefined;
  const present = sampleIds.filter(isPresent);
  const missing = schedules.filter(({ id }) => !isPresent(id));
  scheduler.edit([], (nowMs) => {
    const put = missing.map((document) => insertSchedule(db, document, nowMs));
    return { value: undefined, put };
  });
  return { added: missing.map(({ id }) => id), present: [...present], url };
}

/**
 * Serves the sample's site where its schedules exist, and lets their address follow where its port
 * was taken this time.
 */
export async function serveSample(
  db: Writer,
  scheduler: Scheduler,
  sample: SampleServer,
): Promise<void> {
  const entries = sampleIds.flatMap((id) => scheduler.book.byId(id) ?? []);
  if (entries.length === 0) return;
  const url = await sample.open();
  for (const { stored } of entries) {
    const document = atSampleUrl(stored.document, url);
    if (document === null) continue;
    // Where a page is has no bearing on when it runs: no slot is judged by this.
    scheduler.edit([], () => {
      const moved = { ...stored, document };
      updateSchedule(db, moved);
      return { value: undefined, put: [moved] };
    });
  }
}
