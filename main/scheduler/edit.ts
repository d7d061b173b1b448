import type { StoredSchedule } from '../store/schedules.ts';

/** What an edit has written, to be taken into the book after the commit. */
export interface Edit<T> {
  readonly value: T;
  readonly put?: readonly StoredSchedule[];
  readonly removed?: readonly number[];
  /** Whether hours or settings have changed, which every plan depends on. */
  readonly world?: boolean;
  /** What else changes in memory, after the commit and before anything more is judged. */
  readonly afterCommit?: () => void;
}

/**
 * Carries out an edit: settles the slots of the schedules in scope under their old plans, does the
 * work in the same transaction, and after the commit takes it into the book, tells, and wakes.
 */
export type EditSchedules = <T>(
  scope: 'all' | readonly number[],
  work: (nowMs: number) => Edit<T>,
) => T;
