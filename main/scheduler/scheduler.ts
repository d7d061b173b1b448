import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Runner } from '../scrape/runner.ts';
import { isLocked } from '../store/database.ts';
import { setAllHandledUntil } from '../store/handled.ts';
import {
  countFrom,
  type CountedWhy,
  type StoredPause,
  type StoredSchedule,
} from '../store/schedules.ts';
import type { StoredLogLine } from '../store/run-log.ts';
import type { Writer } from '../store/statement.ts';
import type { Surroundings } from '../surroundings.ts';
import type { WaitingRetry } from './actions.ts';
import { createAlarm, type Ringing } from './alarm.ts';
import type { Announcements } from './announcements.ts';
import { createBook, type Book } from './book.ts';
import { createCarryOut } from './carry-out.ts';
import { conclude, concludeUnrecorded, type Committed, type Reported } from './conclude.ts';
import { settle } from './decide.ts';
import type { EditSchedules } from './edit.ts';
import { createEdits } from './edits.ts';
import type { Progress } from './entries.ts';
import { createLedger } from './ledger.ts';
import { nextActMs } from './next-act.ts';
import type { World } from './plan.ts';
import { createNotes } from './note-actions.ts';
import { createPauses } from './pauses.ts';
import { endBecause } from './reasons.ts';
import { createRecorder } from './recorder.ts';
import { createRounds } from './rounds.ts';
import { createRuns } from './runs.ts';
import { createSituation } from './situation.ts';
import { createState } from './state.ts';
import { createTeller } from './teller.ts';

/** What the scheduler is made of. */
export interface SchedulerParts {
  readonly db: Writer;
  readonly clock: Clock;
  readonly runner: Runner;
  readonly log: Log;
  readonly surroundings: Surroundings;
  readonly settings: () => World['settings'];
  /** The named hours, by id. */
  readonly profiles: () => World['profiles'];
  readonly calendarsOf: World['calendarsOf'];
  /** This leader's epoch. */
  readonly epoch: number;
  readonly schedules: readonly StoredSchedule[];
  readonly retries: readonly WaitingRetry[];
  /** The stored pause of all schedules. */
  readonly pause: StoredPause | null;
  readonly announce: Announcements;
}

/** What the scheduler says of itself. */
export interface SchedulerFacts {
  readonly running: boolean;
  readonly startedAtMs: number | null;
  readonly lastTickAtMs: number | null;
  /** How late the last alarm rang, in milliseconds. */
  readonly lagMs: number | null;
  readonly queue: number;
  readonly runningRuns: number;
  readonly pause: StoredPause | null;
  readonly zone: string;
}

/** The runs that wait and go on, for whoever shows or ends them. */
export interface Dispatcher {
  busy(schedule: number): 'free' | 'running' | 'waiting';
  /** Ends a run: at once if it waits, else when its child is gone. False where it does neither. */
  cancel(run: number): boolean;
  progressOf(run: number): Progress | undefined;
  linesOf(run: number): readonly StoredLogLine[];
}

/** The one loop: alarm, judgement, ledger (design.md sections 2 and 4). */
export interface Scheduler {
  readonly book: Book;
  readonly dispatcher: Dispatcher;
  facts(): SchedulerFacts;
  /** What this host can tell of power and network. */
  readonly surroundings: Surroundings;
  /** The slot of a schedule that waits for its next attempt, or null. */
  retryOf(schedule: number): WaitingRetry | null;
  /** Arms the alarm. */
  start(): void;
  /** Looks at the clock now: after an edit, on resume from sleep. */
  wake(): void;
  readonly edit: EditSchedules;
  /** Queues a manual run. Answers its number. */
  runNow(schedule: number): number;
  /** Pauses one schedule, or all (null). */
  pause(schedule: number | null, pause: StoredPause): void;
  /** Resumes one schedule, or all (null); nothing is caught up. */
  resume(schedule: number | null): void;
  /** Computes every next slot anew: more has become known of what calendars close. */
  recompute(): void;
  /** Lets nothing start, and judges no slot, for this reason; what goes on goes on. */
  hold(code: string): void;
  /** Ends such a hold; with the last one it looks at the clock at once. */
  release(code: string): void;
  /** Stops the alarm, cancels the runs and waits for them. */
  stop(): Promise<void>;
}

/** The scheduler of one leader; its alarm is off until `start`. */
export function createScheduler(parts: SchedulerParts): Scheduler {
  const { db, clock, log, announce, epoch } = parts;
  let zone = clock.zone();
  const holds = new Set<string>();

  const book = createBook(() => ({
    zone,
    settings: parts.settings(),
    profiles: parts.profiles(),
    calendarsOf: parts.calendarsOf,
  }));
  for (const stored of parts.schedules) book.put(stored);
  const situation = createSituation({
    surroundings: parts.surroundings,
    settings: parts.settings,
    isArmed: () => alarm.facts().armedSinceMs !== null,
  });
  const state = createState({
    ...{ book, retries: parts.retries, pause: parts.pause },
    situation: situation.first,
  });
  const look = (): void => {
    state.look(situation.of(state));
  };

  const teller = createTeller(clock, announce, book);
  const tellAll = (): void => {
    announce.host();
    teller.schedules(book.all().map(({ stored }) => stored.number));
    teller.flush();
  };

  const concluded = (reported: Reported): readonly Committed[] => {
    const concludeParts = { db, ledger, state };
    try {
      return conclude(concludeParts, reported);
    } catch (error) {
      if (isLocked(error)) throw error;
      log.error('rows not recorded', { run: reported.item.run, error: String(error) });
      return concludeUnrecorded(concludeParts, reported, error);
    }
  };

  const recorder = createRecorder((reported) => {
    look();
    const committed = concluded(reported);
    teller.run(reported.item.run);
    teller.schedules([reported.item.schedule]);
    rounds.take(committed);
  }, log);

  const runs = createRuns({
    ...{ clock, log, runner: parts.runner },
    onProgress: (run) => {
      announce.run(run);
    },
    onEnd: (reported) => {
      state.ended(reported.item.run);
      recorder.record(reported);
      turn();
      alarm.reset();
    },
  });
  const ledger = createLedger(db, book, epoch);
  const notes = createNotes(log, book);
  const carryOut = createCarryOut({ db, book, runs, log, notes, announce, teller });
  const goOnLater = (): void => {
    clock.after(0, () => {
      turn();
      alarm.reset();
    });
  };
  const rounds = createRounds({ db, clock, ledger, state, epoch, look, goOnLater, carryOut });

  /** A turn between ticks: what fails is tried again by the next tick, and brings nobody down. */
  const turn = (): void => {
    if (holds.size > 0 || stopping) return;
    try {
      rounds.turn();
    } catch (error) {
      log.error('run not started', { error: String(error) });
    }
  };
  let stopping = false;

  /** Every schedule's slots count from now on. */
  const countAllFrom = (nowMs: number, why: CountedWhy): void => {
    rounds.within(() => {
      setAllHandledUntil(db, nowMs);
      countFrom(db, null, nowMs, why);
    });
    book.replan(nowMs);
  };

  /** The computer has moved: slots up to now were judged by the old zone; all plans are made anew. */
  const move = (nowMs: number): void => {
    look();
    rounds.take(
      rounds.commit((atMs) =>
        book.all().flatMap((entry) => settle(state, entry, atMs, { early: true })),
      ),
    );
    const from = zone;
    zone = clock.zone();
    log.info('computer zone changed', { from, to: zone });
    countAllFrom(nowMs, 'moved');
    announce.moved(from, zone);
    tellAll();
  };

  const onRing = (ringing: Ringing): boolean => {
    const { nowMs, steppedBack } = ringing;
    try {
      situation.ring(ringing);
      recorder.again();
      if (holds.size > 0) return true;
      if (steppedBack) {
        log.warn('clock set back', { to: new Date(nowMs).toISOString() });
        countAllFrom(nowMs, 'clock');
      }
      if (clock.zone() !== zone) move(nowMs);
      rounds.turn();
      return true;
    } catch (error) {
      log.error('tick failed', { error: error instanceof Error ? error.message : String(error) });
      return false;
    }
  };

  const alarm = createAlarm(
    clock,
    () => (holds.size > 0 ? Infinity : nextActMs(state, clock.now())),
    onRing,
  );

  const wake = (): void => {
    if (!alarm.ring()) turn();
  };

  const edit = createEdits({
    ...{ db, clock, state, ledger, rounds, runs, announce, look, tellAll, wake },
  });
  const pauses = createPauses({ db, state, rounds, tellAll, log, edit });

  const refuseByUser = (run: number): boolean => {
    const item = state.queue.waitingRun(run);
    if (item === undefined) return false;
    const end = endBecause('cancelled', 'user');
    rounds.take(rounds.commit((nowMs) => [{ kind: 'refuse', item, atMs: nowMs, end }]));
    return true;
  };

  return {
    book,
    dispatcher: {
      busy: (schedule) => state.queue.busy(schedule),
      cancel: (run) => runs.cancel(run, 'user') || refuseByUser(run),
      progressOf: (run) => runs.progressOf(run),
      linesOf: (run) => runs.linesOf(run),
    },
    facts: () => {
      const { armedSinceMs, lastRangAtMs, lagMs } = alarm.facts();
      const { waiting, going } = state.queue.size;
      return {
        running: armedSinceMs !== null,
        startedAtMs: armedSinceMs,
        lastTickAtMs: lastRangAtMs,
        lagMs,
        queue: waiting,
        runningRuns: going,
        pause: state.pause,
        zone,
      };
    },
    surroundings: parts.surroundings,
    retryOf: (schedule) => state.retries.of(schedule)[0] ?? null,
    start: () => {
      log.info('scheduler started', { zone, schedules: book.all().length });
      alarm.start();
    },
    wake,
    edit,
    runNow: (schedule) => {
      const committed = rounds.commit((nowMs) => [{ kind: 'enter-manual', schedule, atMs: nowMs }]);
      rounds.take(committed);
      turn();
      return committed[0]?.written.queued[0]?.run ?? 0;
    },
    pause: (schedule, pause) => {
      pauses.pause(schedule, pause);
    },
    resume: (schedule) => {
      look();
      pauses.resume(schedule);
      wake();
    },
    recompute: () => {
      const before = new Map(book.all().map((entry) => [entry.stored.number, entry.nextAtMs]));
      book.replan();
      rounds.within(() => {
        for (const { stored, nextAtMs } of book.all())
          if (nextAtMs !== null && before.get(stored.number) !== nextAtMs)
            countFrom(db, stored.number, nextAtMs, 'calendar');
      });
      tellAll();
      alarm.reset();
    },
    hold: (code) => {
      holds.add(code);
      alarm.reset();
    },
    release: (code) => {
      if (holds.delete(code) && holds.size === 0) wake();
    },
    stop: async () => {
      const wasArmed = alarm.facts().armedSinceMs !== null;
      stopping = true;
      alarm.stop();
      teller.stop();
      await runs.stopAll();
      recorder.again();
      if (wasArmed) log.info('scheduler stopped');
    },
  };
}
