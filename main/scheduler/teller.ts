import type { Clock, Timer } from '../clock.ts';
import type { Announcements } from './announcements.ts';
import type { Book } from './book.ts';

/** How many things are told in one go, and for how long at most: each asks the database for its row. */
const slice = 50;
const sliceMs = 8;

/**
 * Tells of runs, slots and schedules after the work that has changed them: each once, as it is when it
 * is told. What is due is never kept waiting by it.
 */
export interface Teller {
  /** Notes that a run has moved on. */
  run(run: number): void;
  /** Notes that a slot has ended without a run. */
  slot(slot: number): void;
  /** Notes that these schedules have changed; one that is gone by then isn't told of. */
  schedules(numbers: Iterable<number>): void;
  /** Tells what was noted since: a few things at once, many a little at a time. */
  flush(): void;
  /** Forgets whatever is left. */
  stop(): void;
}

/** Tells a host's listeners what its scheduler has done. */
export function createTeller(
  clock: Clock,
  announce: Pick<Announcements, 'run' | 'slot' | 'schedule'>,
  book: Pick<Book, 'get'>,
): Teller {
  const noted = new Map<string, () => void>();
  const left = new Map<string, () => void>();
  let timer: Timer | null = null;

  const tellSome = (): void => {
    timer = null;
    const untilMs = clock.monotonic() + sliceMs;
    let told = 0;
    for (const [key, tell] of left) {
      left.delete(key);
      tell();
      told += 1;
      if (told === slice || clock.monotonic() >= untilMs) break;
    }
    if (left.size > 0) timer = clock.after(0, tellSome);
  };

  return {
    run: (run) => {
      noted.set(`run ${String(run)}`, () => {
        announce.run(run);
      });
    },
    slot: (slot) => {
      noted.set(`slot ${String(slot)}`, () => {
        announce.slot(slot);
      });
    },
    schedules: (numbers) => {
      for (const number of numbers)
        noted.set(`schedule ${String(number)}`, () => {
          const entry = book.get(number);
          if (entry !== undefined) announce.schedule(entry);
        });
    },
    flush: () => {
      const fresh = [...noted];
      noted.clear();
      // What a person has just done isn't kept waiting by what is left of a burst.
      if (fresh.length <= slice)
        for (const [key, tell] of fresh) {
          left.delete(key);
          tell();
        }
      else {
        for (const [key, tell] of fresh) left.set(key, tell);
        if (timer === null) tellSome();
      }
    },
    stop: () => {
      timer?.cancel();
      timer = null;
      noted.clear();
      left.clear();
    },
  };
}
