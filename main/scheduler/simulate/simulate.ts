import type { Schedule } from '../../../contract/schedule.ts';
import { createBook, type Book } from '../book.ts';
import { decide, settle } from '../decide.ts';
import { judgeEnd } from '../judge-end.ts';
import { nextActMs, nextTurnMs } from '../next-act.ts';
import type { World } from '../plan.ts';
import { createState, type LiveState, type Situation } from '../state.ts';
import type { Action } from '../actions.ts';
import { createMemoryLedger, type MemoryLedger, type SimulatedRow } from './memory-ledger.ts';
import { unitedSleeps, type Sleep } from './sleeps.ts';

/** What is to be simulated. */
export interface Simulation {
  readonly schedules: readonly Schedule[];
  /** What their times depend on: hours, zone, settings. */
  readonly world: World;
  /** Slots in `(fromMs, toMs]` are judged; nothing counts as handled before. */
  readonly fromMs: number;
  readonly toMs: number;
  /** In any order; they may overlap. */
  readonly asleep: readonly Sleep[];
  /** How long every run takes while the computer is awake. */
  readonly runTimeMs: number;
}

/** A run that goes on. */
interface Going {
  readonly item: Extract<Action, { readonly kind: 'start' }>['item'];
  readonly startedAtMs: number;
  endsAtMs: number;
}

/** Sleep that lasts no longer than this passes for a late tick (rule 10). */
const napMs = 35_000;

class Simulator {
  readonly #simulation: Simulation;
  readonly #book: Book;
  readonly #state: LiveState;
  readonly #ledger: MemoryLedger;
  readonly #going = new Map<number, Going>();
  #situation: Situation;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    const { world, schedules, fromMs } = simulation;
    this.#book = createBook(() => world);
    this.#ledger = createMemoryLedger((schedule) => schedules[schedule - 1]?.id ?? '');
    for (const [index, document] of schedules.entries())
      this.#book.put({
        number: index + 1,
        document,
        createdAtMs: fromMs,
        handledUntilMs: fromMs,
        pause: null,
        failures: 0,
        succeededAtMs: null,
        changedAtMs: null,
        usualFromMs: null,
      });
    const { concurrency, runsPerHost } = world.settings;
    this.#situation = {
      ...{ cause: 'asleep', mayStart: true, concurrency, perHost: runsPerHost },
      ...{ wokeAtMs: -Infinity, hasAddress: true, power: null, network: null },
    };
    const situation = this.#situation;
    this.#state = createState({ book: this.#book, retries: [], pause: null, situation });
  }

  #look(situation: Partial<Situation>): void {
    this.#situation = { ...this.#situation, ...situation };
    this.#state.look(this.#situation);
  }

  #carryOut(actions: readonly Action[]): void {
    const written = actions.map((action) => this.#ledger.write(action));
    for (const [index, action] of actions.entries()) {
      this.#state.apply(action, written[index] ?? { queued: [], ended: [] });
      if (action.kind === 'start') {
        const { item, atMs } = action;
        const endsAtMs = atMs + this.#simulation.runTimeMs;
        this.#going.set(item.run, { item, startedAtMs: atMs, endsAtMs });
      }
      if (action.kind === 'close') this.#end(action.run, action.atMs, action.how);
    }
  }

  /** Ends a run: with success, or as its hours' close says. */
  #end(run: number, atMs: number, closed: 'stop' | 'abort' | null = null): void {
    const going = this.#going.get(run);
    if (going === undefined) return;
    this.#going.delete(run);
    this.#state.ended(run);
    const outcome = closed === null ? 'success' : closed === 'stop' ? 'partial' : 'cancelled';
    const end = { outcome, reason: closed === null ? null : 'closed', message: null } as const;
    const { item, startedAtMs } = going;
    const rest = { retryable: false, retryAfterMs: null, isChange: false };
    const entry = this.#book.get(item.schedule);
    this.#carryOut(judgeEnd(this.#state, entry, { item, startedAtMs, end, ...rest }, atMs));
  }

  #endDue(nowMs: number): void {
    for (const [run, { endsAtMs }] of this.#going) if (endsAtMs <= nowMs) this.#end(run, nowMs);
  }

  #rounds(nowMs: number): void {
    for (;;) {
      const actions = decide(this.#state, nowMs);
      if (actions.length === 0) return;
      this.#carryOut(actions);
    }
  }

  #firstEndMs(): number {
    let first = Infinity;
    for (const { endsAtMs } of this.#going.values()) first = Math.min(first, endsAtMs);
    return first;
  }

  /** The computer wakes: runs have stood still, and what was due meanwhile is judged together. */
  #wake([from, to]: Sleep): void {
    for (const run of this.#going.values()) run.endsAtMs += to - from;
    if (to - from > napMs) this.#look({ wokeAtMs: to });
    this.#endDue(to);
    this.#rounds(to);
  }

  /** Goes from instant to instant, up to the one at which the computer falls asleep. */
  #awake(fromMs: number, untilMs: number): void {
    for (let nowMs = fromMs; ;) {
      nowMs = Math.max(nowMs, Math.min(this.#firstEndMs(), nextActMs(this.#state, nowMs)));
      if (nowMs >= untilMs) return;
      this.#endDue(nowMs);
      this.#rounds(nowMs);
    }
  }

  #live(): void {
    const { fromMs, toMs, asleep } = this.#simulation;
    let nowMs = fromMs;
    for (const [sleepsMs, wakesMs] of unitedSleeps(asleep)) {
      if (wakesMs <= fromMs || sleepsMs > toMs) continue;
      this.#awake(nowMs, sleepsMs);
      // A sleep that goes on beyond the end is judged at the end.
      nowMs = Math.min(wakesMs, toMs);
      this.#wake([sleepsMs, nowMs]);
    }
    this.#awake(nowMs, toMs);
    this.#endDue(toMs);
    this.#rounds(toMs);
  }

  /** Lets what has been entered end: no slot comes any more. */
  #runOut(): void {
    const { toMs } = this.#simulation;
    // A slot whose start jitter has put off beyond the end is due all the same.
    const due = this.#book
      .all()
      .flatMap((entry) => settle(this.#state, entry, toMs, { early: true }));
    this.#carryOut(due);
    this.#look({ mayStart: false });
    let nowMs = toMs;
    for (;;) {
      this.#endDue(nowMs);
      this.#rounds(nowMs);
      nowMs = Math.min(this.#firstEndMs(), nextTurnMs(this.#state, nowMs));
      if (nowMs === Infinity) return;
    }
  }

  run(): readonly Readonly<SimulatedRow>[] {
    this.#live();
    this.#runOut();
    const { toMs } = this.#simulation;
    return this.#ledger.rows().filter(({ slotAtMs }) => slotAtMs <= toMs);
  }
}

/**
 * The ledger that a host would have written over `(fromMs, toMs]`, with a clock that passes at once and
 * runs that all succeed: the scheduler's own judgement (`decide`), its own state, and a ledger in
 * memory. Every row has ended: what goes on at the end is let run out. Rows are in the order a host
 * would have entered them.
 */
export function simulate(simulation: Simulation): readonly Readonly<SimulatedRow>[] {
  return new Simulator(simulation).run();
}
