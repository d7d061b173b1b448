import type { ScheduleNotes, StoredSchedule } from '../store/schedules.ts';
import type { Counted } from './backlog.ts';
import { targetOf, type Target } from './hosts.ts';
import { planOf, type Plan, type World } from './plan.ts';
import { nextStartOf } from './plan-times.ts';
import { createSharedPlans } from './shared-plans.ts';
import { createSoonest } from './soonest.ts';

/** A schedule as the scheduler holds it in memory, in step with its row. */
export interface Entry {
  readonly stored: StoredSchedule;
  readonly plan: Plan;
  readonly target: Target;
  /** The first slot that hasn't been judged; null while the schedule is off, and where there is none. */
  readonly nextAtMs: number | null;
  /** When the run of that slot starts: later than the slot where jitter says so (rule 12). */
  readonly nextStartMs: number | null;
  /** How far its due slots are counted, where there are too many to count in one go. */
  readonly counted: Counted | null;
  /** Why its next slot can't be computed: it is set aside, and the others go on. Null where all is well. */
  readonly fault: string | null;
}

/** All schedules in memory, by number and by id. Change it only after the commit. */
export interface Book {
  all(): readonly Entry[];
  /** Those whose next start has come, the longest ago first; at most so many. */
  due(nowMs: number, most: number): readonly Entry[];
  /** The one whose pause has ended by itself the longest ago. */
  pauseEnded(nowMs: number): Entry | undefined;
  /** The first instant at which either will be so; Infinity for none. */
  nextActMs(): number;
  /** Those that are set aside, with the reason. */
  faulty(): readonly Entry[];
  /** The schedules that run after the one with this id. */
  after(id: string): readonly Entry[];
  get(number: number): Entry | undefined;
  byId(id: string): Entry | undefined;
  /** Enters a schedule, or puts its new form in the place of the old; computes its plan and next slot. */
  put(stored: StoredSchedule): Entry;
  /** Notes how far a schedule was judged, under the same plan. */
  advance(number: number, handledUntilMs: number): void;
  /** Notes how far its due slots are counted. */
  count(number: number, counted: Counted): void;
  /** Notes what has changed of its counters or its pause. */
  note(number: number, notes: ScheduleNotes): void;
  /** Sets a schedule aside, with the reason, until it is put in anew. */
  setAside(number: number, fault: string): void;
  remove(number: number): void;
  /**
   * Computes every plan anew: hours, settings or the computer's zone have changed. With an instant, all
   * slots count as judged until then.
   */
  replan(handledUntilMs?: number): void;
}

const noNext = { nextAtMs: null, nextStartMs: null, counted: null, fault: null } as const;

function nextOf(stored: StoredSchedule, plan: Plan): Pick<Entry, keyof typeof noNext> {
  if (!stored.document.enabled || plan.rhythm === null) return noNext;
  try {
    const next = nextStartOf(plan, stored.handledUntilMs);
    return { ...noNext, nextAtMs: next?.at ?? null, nextStartMs: next?.startAt ?? null };
  } catch (error) {
    return { ...noNext, fault: error instanceof Error ? error.message : String(error) };
  }
}

/** An empty book whose plans are made of this world, which is asked anew only to replan. */
export function createBook(world: () => World): Book {
  const entries = new Map<number, Entry>();
  const numbers = new Map<string, number>();
  const links = new Map<string, Set<number>>();
  const starts = createSoonest();
  const pauseEnds = createSoonest();
  const faulty = new Set<number>();
  const plans = createSharedPlans();
  let current = world();

  const keep = (entry: Entry): void => {
    const { number, pause } = entry.stored;
    entries.set(number, entry);
    starts.set(number, entry.nextStartMs);
    pauseEnds.set(number, pause?.untilMs ?? null);
    if (entry.fault === null) faulty.delete(number);
    else faulty.add(number);
  };
  const found = (of: readonly number[]): readonly Entry[] =>
    of.flatMap((number) => entries.get(number) ?? []);
  const unlink = ({ stored: { document, number } }: Entry): void => {
    if (document.after !== undefined) links.get(document.after.schedule)?.delete(number);
  };
  const link = ({ document, number }: StoredSchedule): void => {
    if (document.after === undefined) return;
    const { schedule } = document.after;
    links.set(schedule, (links.get(schedule) ?? new Set<number>()).add(number));
  };

  const put = (stored: StoredSchedule): Entry => {
    const before = entries.get(stored.number);
    if (before !== undefined) {
      numbers.delete(before.stored.document.id);
      unlink(before);
    }
    link(stored);
    const plan = plans.shared(planOf(stored.document, current));
    const target = targetOf(stored.document);
    const entry = { stored, plan, target, ...nextOf(stored, plan) };
    keep(entry);
    numbers.set(stored.document.id, stored.number);
    return entry;
  };

  return {
    all: () => [...entries.values()],
    due: (nowMs, most) => found(starts.until(nowMs, most)),
    pauseEnded: (nowMs) => found(pauseEnds.until(nowMs, 1))[0],
    nextActMs: () => Math.min(starts.firstMs(), pauseEnds.firstMs()),
    faulty: () => found([...faulty]),
    after: (id) => found([...(links.get(id) ?? [])]),
    get: (number) => entries.get(number),
    byId: (id) => {
      const number = numbers.get(id);
      return number === undefined ? undefined : entries.get(number);
    },
    put,
    advance: (number, handledUntilMs) => {
      const entry = entries.get(number);
      if (entry === undefined) return;
      const stored = { ...entry.stored, handledUntilMs };
      keep({ ...entry, stored, ...nextOf(stored, entry.plan) });
    },
    count: (number, counted) => {
      const entry = entries.get(number);
      if (entry !== undefined) entries.set(number, { ...entry, counted });
    },
    note: (number, notes) => {
      const entry = entries.get(number);
      if (entry !== undefined) keep({ ...entry, stored: { ...entry.stored, ...notes } });
    },
    setAside: (number, fault) => {
      const entry = entries.get(number);
      if (entry !== undefined) keep({ ...entry, ...noNext, fault });
    },
    remove: (number) => {
      const entry = entries.get(number);
      if (entry === undefined) return;
      unlink(entry);
      entries.delete(number);
      starts.set(number, null);
      pauseEnds.set(number, null);
      faulty.delete(number);
      numbers.delete(entry.stored.document.id);
    },
    replan: (handledUntilMs) => {
      current = world();
      plans.forget();
      for (const { stored } of [...entries.values()])
        put(handledUntilMs === undefined ? stored : { ...stored, handledUntilMs });
    },
  };
}
