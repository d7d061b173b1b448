import type { ScheduleInput } from '../../contract/schedule.ts';
import { defaultSettings } from '../../contract/settings.ts';
import type { Action, QueuedRun, WaitingRetry } from '../../main/scheduler/actions.ts';
import { createBook } from '../../main/scheduler/book.ts';
import { decide } from '../../main/scheduler/decide.ts';
import {
  createMemoryLedger,
  type MemoryLedger,
} from '../../main/scheduler/simulate/memory-ledger.ts';
import { createState, type LiveState, type Situation } from '../../main/scheduler/state.ts';
import type { StoredPause, StoredSchedule } from '../../main/store/schedules.ts';
import { aSchedule } from './builders.ts';

/** A schedule as a test puts it into the book: its document and what is stored beside it. */
export type Put = Partial<ScheduleInput> & { readonly stored?: Partial<StoredSchedule> };

/** The scheduler's judgement without a host: its state, a ledger in memory, and rounds by hand. */
export interface PureState {
  readonly state: LiveState;
  readonly ledger: MemoryLedger;
  /** Commits actions to the ledger and takes them into the state. */
  readonly take: (actions: readonly Action[]) => void;
  /** Goes round until there is nothing left to decide; answers the actions of each round. */
  readonly rounds: (nowMs: number) => readonly (readonly Action[])[];
  readonly look: (situation: Partial<Situation>) => void;
}

const awake: Situation = {
  ...{ cause: 'asleep', mayStart: true, concurrency: 3, perHost: 2, wokeAtMs: -Infinity },
  ...{ hasAddress: true, power: null, network: null },
};

/** A state over these schedules, numbered from 1, all judged until an instant. */
export function pureState(
  handledUntilMs: number,
  schedules: readonly Put[],
  given: {
    readonly pause?: StoredPause;
    readonly retries?: readonly WaitingRetry[];
    readonly situation?: Partial<Situation>;
  } = {},
): PureState {
  const world = {
    ...{ zone: 'UTC', settings: defaultSettings, profiles: new Map() },
    calendarsOf: () => [],
  };
  const book = createBook(() => world);
  for (const [index, { stored, ...document }] of schedules.entries())
    book.put({
      number: index + 1,
      document: aSchedule({ id: `s${String(index + 1)}`, ...document }),
      createdAtMs: handledUntilMs,
      handledUntilMs,
      ...{ pause: null, failures: 0, succeededAtMs: null, changedAtMs: null, usualFromMs: null },
      ...stored,
    });
  let situation = { ...awake, ...given.situation };
  const { pause = null, retries = [] } = given;
  const state = createState({ book, retries, pause, situation });
  const ledger = createMemoryLedger((schedule) => `s${String(schedule)}`);
  const take: PureState['take'] = (actions) => {
    const written = actions.map((action) => ledger.write(action));
    actions.forEach((action, index) => {
      state.apply(action, written[index] ?? { queued: [], ended: [] });
    });
  };
  return {
    state,
    ledger,
    take,
    rounds: (nowMs) => {
      const all: (readonly Action[])[] = [];
      for (;;) {
        const actions = decide(state, nowMs);
        if (actions.length === 0) return all;
        all.push(actions);
        take(actions);
      }
    },
    look: (change) => {
      situation = { ...situation, ...change };
      state.look(situation);
    },
  };
}

/** The schedules whose attempts these actions start, in that order. */
export function started(actions: readonly Action[]): readonly number[] {
  return actions.flatMap((action) => (action.kind === 'start' ? [action.item.schedule] : []));
}

/** A slot's first attempt, waiting in the queue. */
export function aQueuedRun(given: Partial<QueuedRun> & Pick<QueuedRun, 'run'>): QueuedRun {
  return {
    ...{ slot: given.run, slotAtMs: 0, schedule: given.run, attempt: 1, offlineAttempts: 0 },
    ...{ notBeforeMs: 0, afterWake: false },
    ...given,
  };
}
