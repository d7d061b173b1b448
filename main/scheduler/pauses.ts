import type { Log } from '../log.ts';
import { writeMeta } from '../store/meta.ts';
import { updateSchedule, type StoredPause } from '../store/schedules.ts';
import { inTransaction, type Writer } from '../store/statement.ts';
import type { Announcements } from './announcements.ts';
import type { Book, Entry } from './book.ts';
import type { Claims } from './claims.ts';
import type { EditSchedules } from './edit.ts';
import type { Bench } from './settle.ts';

/** The name under which a pause of all schedules is kept. */
export const pauseMeta = 'pause';

/** What pauses are made of. */
export interface PauseParts {
  readonly db: Writer;
  readonly book: Book;
  readonly claims: Claims;
  readonly announce: Announcements;
  readonly log: Log;
  readonly bench: (nowMs: number) => Bench;
  readonly edit: EditSchedules;
  /** The stored pause of all schedules. */
  readonly pause: StoredPause | null;
}

/** The pauses of one schedule or of all (design.md section 2, rule 15); `null` stands for all. */
export interface Pauses {
  /** The pause of all schedules. */
  all(): StoredPause | null;
  /** Whether a schedule's slots are paused now, by itself or with all. */
  holds(entry: Entry): boolean;
  pause(schedule: number | null, pause: StoredPause): void;
  /**
   * Resumes as of an instant: what was due until then is skipped, nothing later is caught up. Where
   * nothing is paused, nothing is done: slots due at this moment aren't paused ones.
   */
  resume(schedule: number | null, atMs: number): void;
  /** Ends the pauses whose time has come, each as of its own end. */
  endDue(nowMs: number): void;
  /** The earliest end, or Infinity. */
  earliestMs(): number;
}

function endOf(pause: StoredPause | null): number {
  return pause?.untilMs ?? Infinity;
}

/** The pauses of one scheduler. */
export function createPauses(parts: PauseParts): Pauses {
  const { db, book, claims, announce, log } = parts;
  let all = parts.pause;

  const pauseAll = (pause: StoredPause): void => {
    parts.edit('all', () => {
      writeMeta(db, pauseMeta, JSON.stringify(pause));
      return {
        value: undefined,
        afterCommit: () => {
          all = pause;
          announce.host();
          for (const entry of book.all()) announce.schedule(entry);
        },
      };
    });
  };

  const pauseOne = (schedule: number, pause: StoredPause): void => {
    parts.edit([schedule], (nowMs) => {
      const entry = book.get(schedule);
      if (entry === undefined) return { value: undefined };
      const stored = { ...entry.stored, handledUntilMs: nowMs, pause };
      updateSchedule(db, stored);
      return { value: undefined, put: [stored] };
    });
  };

  const resume = (schedule: number | null, nowMs: number): void => {
    const held = schedule === null ? all : (book.get(schedule)?.stored.pause ?? null);
    if (held === null) return;
    const atMs = Math.min(nowMs, endOf(held));
    const entries =
      schedule === null ? book.all() : [schedule].flatMap((number) => book.get(number) ?? []);
    const { settlements, resumed } = inTransaction(db, () => {
      const settled = claims.settle(entries, { ...parts.bench(atMs), paused: true });
      if (schedule === null) writeMeta(db, pauseMeta, null);
      const rows = entries.map(({ stored }) => ({
        ...stored,
        handledUntilMs: Math.max(stored.handledUntilMs, atMs),
        ...(schedule === null ? {} : { pause: null, failures: 0 }),
      }));
      for (const row of rows) updateSchedule(db, row);
      return { settlements: settled, resumed: rows };
    });
    if (schedule === null) all = null;
    claims.apply(settlements);
    for (const stored of resumed) announce.schedule(book.put(stored));
    if (schedule === null) announce.host();
    log.info('resumed', { schedule: schedule ?? 'all' });
  };

  return {
    all: () => all,
    holds: ({ stored }) => all !== null || stored.pause !== null,
    pause: (schedule, pause) => {
      if (schedule === null) pauseAll(pause);
      else pauseOne(schedule, pause);
      log.info('paused', { schedule: schedule ?? 'all' });
    },
    resume,
    endDue: (nowMs) => {
      if (endOf(all) <= nowMs) resume(null, endOf(all));
      for (const { stored } of book.all())
        if (endOf(stored.pause) <= nowMs) resume(stored.number, endOf(stored.pause));
    },
    earliestMs: () =>
      book.all().reduce((least, { stored }) => Math.min(least, endOf(stored.pause)), endOf(all)),
  };
}
