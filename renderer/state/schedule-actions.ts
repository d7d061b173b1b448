import type { HistoryEntry } from '../../contract/ledger.ts';
import type { ScheduleView } from '../../contract/views.ts';
import { perform } from './client.ts';
import { say } from './toasts.ts';

type Named = Pick<ScheduleView, 'id' | 'name'>;

/** Switches a schedule on or off. */
export async function setEnabled(schedule: Named, enabled: boolean): Promise<void> {
  await perform('setEnabled', { id: schedule.id, enabled });
}

/** Starts a run now, whatever the hours say; null where it was refused. */
export function runNow(schedule: Named): Promise<HistoryEntry | null> {
  return perform('startRun', { id: schedule.id });
}

/** Cancels a run. Its rows so far are kept, but not taken as the last good set. */
export async function cancelRun(run: number): Promise<void> {
  await perform('cancelRun', { run });
}

/** Makes a copy, switched off, under a new id; answers it, or null where it was refused. */
export function duplicate(schedule: Named): Promise<ScheduleView | null> {
  return perform('duplicateSchedule', { id: schedule.id });
}

/** Deletes a schedule at once; the toast brings it back with its history. */
export async function deleteWithUndo(schedule: Named): Promise<void> {
  const deleted = await perform('deleteSchedule', { id: schedule.id });
  if (deleted === null) return;
  say(`${schedule.name} was deleted.`, {
    label: 'Undo',
    onAction: () => void perform('undeleteSchedule', { id: schedule.id }),
  });
}

/** Adds the sample and says what it does. */
export async function addSample(): Promise<void> {
  const sample = await perform('addSample', {});
  if (sample === null) return;
  if (sample.added.length === 0) say('The sample is there already.');
  else
    say(
      'The sample is there. One of its schedules runs every minute; the other keeps hours that are closed now.',
    );
}
