import type { QueuedRun } from './actions.ts';
import { createComing } from './coming.ts';

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
  /** Whether any that waits was entered when the computer woke. */
  readonly waitsAfterWake: boolean;
  /** When the first of those that may not start yet may (epoch ms); Infinity where all may. */
  nextStartMs(nowMs: number): number;
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

/** Attempts of many schedules, by schedule: a schedule's place in the line, a run's in its schedule. */
class Lines {
  // Maps keep the order of insertion.
  readonly #runs = new Map<number, Map<number, QueuedRun>>();

  put(item: QueuedRun): void {
    const runs = this.#runs.get(item.schedule);
    if (runs === undefined) this.#runs.set(item.schedule, new Map([[item.run, item]]));
    else runs.set(item.run, item);
  }

  drop({ schedule, run }: QueuedRun): void {
    const runs = this.#runs.get(schedule);
    runs?.delete(run);
    if (runs?.size === 0) this.#runs.delete(schedule);
  }

  toTheEnd(schedule: number): void {
    const runs = this.#runs.get(schedule);
    if (runs === undefined) return;
    this.#runs.delete(schedule);
    this.#runs.set(schedule, runs);
  }

  has(schedule: number): boolean {
    return this.#runs.has(schedule);
  }

  of(schedule: number): readonly QueuedRun[] {
    return [...(this.#runs.get(schedule)?.values() ?? [])];
  }

  all(): Iterable<ReadonlyMap<number, QueuedRun>> {
    return this.#runs.values();
  }
}

/** An empty queue. Whatever is asked of it at each turn costs the same however much waits. */
export function createQueue(): Queue {
  const waiting = new Map<number, QueuedRun>();
  const manual = new Map<number, QueuedRun>();
  const manualLines = new Lines();
  const line = new Lines();
  const starts = createComing();
  let afterWakes = 0;
  const going = new Map<number, GoingRun>();
  const goingBySchedule = new Map<number, number>();
  const goingByHost = new Map<string, number>();

  const drop = (run: number): void => {
    const item = waiting.get(run);
    if (item === undefined) return;
    waiting.delete(run);
    manual.delete(run);
    (item.slot === null ? manualLines : line).drop(item);
    starts.set(run, null);
    if (item.afterWake) afterWakes -= 1;
  };

  /** Enters an attempt at the end of the line, or puts its new form in its own place. */
  const put = (item: QueuedRun): void => {
    if (item.afterWake && !waiting.has(item.run)) afterWakes += 1;
    waiting.set(item.run, item);
    starts.set(item.run, item.notBeforeMs);
    if (item.slot === null) manual.set(item.run, item);
    (item.slot === null ? manualLines : line).put(item);
  };

  const countOn = (host: string, by: 1 | -1): void => {
    const count = (goingByHost.get(host) ?? 0) + by;
    if (count === 0) goingByHost.delete(host);
    else goingByHost.set(host, count);
  };

  return {
    manual: () => manual.values(),
    line: () => line.all(),
    get waitsAfterWake() {
      return afterWakes > 0;
    },
    nextStartMs: (nowMs) => starts.firstMs(nowMs),
    waitingOf: (schedule) => [...manualLines.of(schedule), ...line.of(schedule)],
    waitingRun: (run) => waiting.get(run),
    going: () => going.values(),
    goingOf: (schedule) => going.get(goingBySchedule.get(schedule) ?? 0),
    goingOn: (host) => goingByHost.get(host) ?? 0,
    busy: (schedule) => {
      if (line.has(schedule) || manualLines.has(schedule)) return 'waiting';
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
      line.toTheEnd(item.schedule);
      going.set(item.run, { item, host, startedAtMs, told: null });
      goingBySchedule.set(item.schedule, item.run);
      countOn(host, 1);
    },
    tell: (run, told) => {
      const one = going.get(run);
      if (one !== undefined) going.set(run, { ...one, told });
    },
    end: (run) => {
      const one = going.get(run);
      if (one === undefined) return;
      going.delete(run);
      countOn(one.host, -1);
      if (goingBySchedule.get(one.item.schedule) === run) goingBySchedule.delete(one.item.schedule);
    },
    get size() {
      return { waiting: waiting.size, going: going.size };
    },
  };
}
