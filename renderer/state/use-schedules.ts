import { create } from 'zustand';
import type { ScheduleView } from '../../contract/views.ts';

/** All schedules, by name; null until the first snapshot. */
export interface SchedulesState {
  readonly schedules: readonly ScheduleView[] | null;
}

/** The schedules as main last told them. Only `sync` writes here. */
export const useSchedules = create<SchedulesState>()(() => ({ schedules: null }));

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function byName(one: ScheduleView, other: ScheduleView): number {
  return collator.compare(one.name, other.name) || (one.id < other.id ? -1 : 1);
}

/** Where a schedule belongs among others in their order. */
function placeOf(schedule: ScheduleView, others: readonly ScheduleView[]): number {
  let [from, to] = [0, others.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = others[middle];
    if (other !== undefined && byName(other, schedule) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Takes all schedules of a snapshot. */
export function replaceSchedules(schedules: readonly ScheduleView[]): void {
  useSchedules.setState({ schedules: schedules.toSorted(byName) });
}

/** Takes one schedule, new or changed; the others keep their identity, so only its row draws again. */
export function putSchedule(schedule: ScheduleView): void {
  useSchedules.setState(({ schedules }) => {
    const known = schedules ?? [];
    const index = known.findIndex((one) => one.id === schedule.id);
    if (index >= 0 && known[index]?.name === schedule.name)
      return { schedules: known.with(index, schedule) };
    const others = known.filter((one) => one.id !== schedule.id);
    return { schedules: others.toSpliced(placeOf(schedule, others), 0, schedule) };
  });
}

/** Forgets a deleted schedule. */
export function dropSchedule(id: string): void {
  rows.delete(id);
  useSchedules.setState(({ schedules }) => ({
    schedules: schedules?.filter((one) => one.id !== id) ?? null,
  }));
}

const indexes = new WeakMap<readonly ScheduleView[], ReadonlyMap<string, ScheduleView>>();

/** All schedules by id: made once a change, however many cells ask for theirs. */
function byId(schedules: readonly ScheduleView[]): ReadonlyMap<string, ScheduleView> {
  const known = indexes.get(schedules);
  if (known !== undefined) return known;
  const index = new Map(schedules.map((schedule) => [schedule.id, schedule]));
  indexes.set(schedules, index);
  return index;
}

/** One schedule, or undefined where there is none by this id. */
export function useSchedule(id: string | null): ScheduleView | undefined {
  return useSchedules(({ schedules }) =>
    schedules === null || id === null ? undefined : byId(schedules).get(id),
  );
}

/** A row of the list: what its place and the search by typing go by. */
export interface ScheduleRow {
  readonly id: string;
  readonly name: string;
}

const rows = new Map<string, ScheduleRow>();

/** A schedule's row: the same one until it is renamed. */
export function rowOf({ id, name }: ScheduleView): ScheduleRow {
  const known = rows.get(id);
  if (known?.name === name) return known;
  const row = { id, name };
  rows.set(id, row);
  return row;
}
