import type { Entry } from './book.ts';

/** Whom the scheduler tells, always after the commit. */
export interface Announcements {
  /** A run has moved on. */
  run(run: number): void;
  /** A slot has ended without a run. */
  slot(slot: number): void;
  /** A schedule, its state or its next run has changed. */
  schedule(entry: Entry): void;
  scheduleRemoved(id: string): void;
  /** This computer has moved to another zone, and every plan was made anew. */
  moved(from: string, to: string): void;
  /** The host's own state has changed: paused, resumed, moved to another zone. */
  host(): void;
}
