import type { QueuedRun } from './actions.ts';

/** That a run was told of the close of its hours, and when. */
export interface Told {
  readonly how: 'stop' | 'abort';
  readonly atMs: number;
}

/** A run that goes on, as the judgement sees it. */
export interface GoingRun {
  readonly item: QueuedRun;
  readonly host: string;
  readonly startedAtMs: number;
  /** What it was told when its hours closed. */
  readonly told: Told | null;
}

/** The attempts that wait for their turn and those that go on. */
export interface Queue {
  /** What persons have asked for, in that order. */
  manual(): Iterable<QueuedRun>;
  /**
   * The schedules whose slots wait, in the order of their turns: one that had its turn and waits for
   * another has gone to the end of the line.
   */
  line(): Iterable<ReadonlyMap<number, QueuedRun>>;
  /** All of them, in no order that matters. */
  waiting(): Iterable<QueuedRun>;
  waitingOf(schedule: number): readonly QueuedRun[];
  waitingRun(run: number): QueuedRun | undefined;
  going(): Iterable<GoingRun>;
  goingOf(schedule: number): GoingRun | undefined;
  /** How many runs read pages of this host now. */
  goingOn(host: string): number;
  busy(schedule: number): 'free' | 'running' | 'waiting';
  add(items: readonly QueuedRun[]): void;
  /** Lets a waiting attempt keep its place, with another earliest start. */
  defer(run: number, notBeforeMs: number): void;
  drop(run: number): void;
  begin(item: QueuedRun, host: string, startedAtMs: number): void;
  tell(run: number, told: Told): void;
  end(run: number): void;
  readonly size: { readonly waiting: number; readonly going: number };
}

/** An empty queue. */
export function createQueue(): Queue {
  const waiting = new Map<number, QueuedRun>();
  const manual = new Map<number, QueuedRun>();
  // Maps keep the order of insertion: a schedule's place in the line, a run's place in its schedule.
  const line = new Map<number, Map<number, QueuedRun>>();
  const going = new Map<number, GoingRun>();
  const goingBySchedule = new Map<number, number>();

  const put = (item: QueuedRun): void => {
    waiting.set(item.run, item);
    if (item.slot === null) {
      manual.set(item.run, item);
      return;
    }
    const runs = line.get(item.schedule);
    if (runs === undefined) line.set(item.schedule, new Map([[item.run, item]]));
    else runs.set(item.run, item);
  };

  const drop = (run: number): void => {
    const item = waiting.get(run);
    if (item === undefined) return;
    waiting.delete(run);
    manual.delete(run);
    const runs = line.get(item.schedule);
    runs?.delete(run);
    if (runs?.size === 0) line.delete(item.schedule);
  };

  const toTheEnd = (schedule: number): void => {
    const runs = line.get(schedule);
    if (runs === undefined) return;
    line.delete(schedule);
    line.set(schedule, runs);
  };

  const manualOf = (schedule: number): readonly QueuedRun[] =>
    [...manual.values()].filter((item) => item.schedule === schedule);

  return {
    manual: () => manual.values(),
    line: () => line.values(),
    waiting: () => waiting.values(),
    waitingOf: (schedule) => [...manualOf(schedule), ...(line.get(schedule)?.values() ?? [])],
    waitingRun: (run) => waiting.get(run),
    going: () => going.values(),
    goingOf: (schedule) => going.get(goingBySchedule.get(schedule) ?? 0),
    goingOn: (host) => {
      let count = 0;
      for (const run of going.values()) if (run.host === host) count += 1;
      return count;
    },
    busy: (schedule) => {
      if (line.has(schedule) || manualOf(schedule).length > 0) return 'waiting';
      return goingBySchedule.has(schedule) ? 'running' : 'free';
    },
    add: (items) => {
      for (const item of items) put(item);
    },
    defer: (run, notBeforeMs) => {
      const item = waiting.get(run);
      if (item !== undefined) put({ ...item, notBeforeMs });
    },
    drop,
    begin: (item, host, startedAtMs) => {
      drop(item.run);
      toTheEnd(item.schedule);
      going.set(item.run, { item, host, startedAtMs, told: null });
      goingBySchedule.set(item.schedule, item.run);
    },
    tell: (run, told) => {
      const one = going.get(run);
      if (one !== undefined) going.set(run, { ...one, told });
    },
    end: (run) => {
      const one = going.get(run);
      if (one === undefined) return;
      going.delete(run);
      if (goingBySchedule.get(one.item.schedule) === run) goingBySchedule.delete(one.item.schedule);
    },
    get size() {
      return { waiting: waiting.size, going: going.size };
    },
  };
}
