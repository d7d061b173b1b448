import type { Log } from '../log.ts';
import { writeMeta } from '../store/meta.ts';
import { noteSchedule, type StoredPause } from '../store/schedules.ts';
import type { Writer } from '../store/statement.ts';
import type { Action } from './actions.ts';
import { resume } from './decide.ts';
import type { EditSchedules } from './edit.ts';
import { pauseMeta } from './ledger.ts';
import type { Rounds } from './rounds.ts';
import type { LiveState } from './state.ts';

/** What pauses are made of. */
export interface PauseParts {
  readonly db: Writer;
  readonly state: LiveState;
  readonly rounds: Rounds;
  /** Tells every listener how the host and all schedules are now. */
  readonly tellAll: () => void;
  readonly log: Log;
  readonly edit: EditSchedules;
}

/** Pausing and resuming by a person (design.md section 2, rule 15); `null` stands for all schedules. */
export interface Pauses {
  pause(schedule: number | null, pause: StoredPause): void;
  /**
   * Resumes now: what was due until now is skipped, nothing later is caught up. Where nothing is
   * paused, nothing is done: slots due at this moment aren't paused ones.
   */
  resume(schedule: number | null): void;
}

/** Who resumes a schedule has looked at it: what is usual is learnt anew. */
function learnAnew(schedule: number | null, nowMs: number): readonly Action[] {
  return schedule === null ? [] : [{ kind: 'note', schedule, notes: { usualFromMs: nowMs } }];
}

/** The pauses of one scheduler. */
export function createPauses(parts: PauseParts): Pauses {
  const { db, state, rounds, log } = parts;
  const { book } = state;

  const pauseAll = (pause: StoredPause): void => {
    parts.edit('all', () => {
      writeMeta(db, pauseMeta, JSON.stringify(pause));
      const afterCommit = (): void => {
        state.setPause(pause);
        parts.tellAll();
      };
      return { value: undefined, afterCommit };
    });
  };

  const pauseOne = (schedule: number, pause: StoredPause): void => {
    parts.edit([schedule], (nowMs) => {
      const entry = book.get(schedule);
      if (entry === undefined) return { value: undefined };
      noteSchedule(db, schedule, { pause });
      return { value: undefined, put: [{ ...entry.stored, handledUntilMs: nowMs, pause }] };
    });
  };

  return {
    pause: (schedule, pause) => {
      if (schedule === null) pauseAll(pause);
      else pauseOne(schedule, pause);
      log.info('paused', { schedule: schedule ?? 'all' });
    },
    resume: (schedule) => {
      const held = schedule === null ? state.pause : (book.get(schedule)?.stored.pause ?? null);
      if (held === null) return;
      const endMs = held.untilMs ?? Infinity;
      rounds.take(
        rounds.commit((nowMs) => [
          ...resume(state, schedule, Math.min(nowMs, endMs)),
          ...learnAnew(schedule, nowMs),
        ]),
      );
    },
  };
}
