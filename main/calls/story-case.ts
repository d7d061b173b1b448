import type { Remedy, Told } from '../../contract/story.ts';
import { secondOf } from '../schedule/bounds.ts';
import { daySeconds } from '../schedule/civil.ts';
import { dayOf, localOf } from '../schedule/telling.ts';
import { dateWords, whenWords } from '../schedule/words.ts';
import type { Entry } from '../scheduler/book.ts';
import { toRowName } from '../scheduler/entries.ts';
import type { HistoryRow } from '../store/history.ts';
import type { SlotFacts } from '../store/stories.ts';
import type { Context } from './context.ts';
import type { KeptPlan } from './kept-plan.ts';

/** What the story of one row is told from. */
export interface StoryCase {
  readonly context: Context;
  /** The row asked for. */
  readonly row: HistoryRow;
  /** Null for a run by hand. */
  readonly slot: SlotFacts | null;
  /** Null for a run by hand, and where the plan can't be read. */
  readonly plan: KeptPlan | null;
  /** The schedule as it is now; undefined where it was deleted. */
  readonly entry: Entry | undefined;
  /** Every attempt at the slot, or the run itself. */
  readonly attempts: readonly HistoryRow[];
  readonly timezone: string;
}

/** What happened, in sentences, and what a person can do about it. */
export interface Telling {
  readonly told: readonly Told[];
  readonly remedies: readonly Remedy[];
}

/** The name of a run's row; null where there is none to name. */
export function runName(row: HistoryRow | null): string | null {
  const run = row?.run ?? null;
  return run === null ? null : toRowName({ kind: 'run', number: run });
}

/** A sentence of a story. */
export function say(code: string, text: string, row: string | null = null): Told {
  return { code, text, row };
}

/** The day from which the words see every time: that of the slot. */
function referenceOf({ timezone, slot, row }: StoryCase): number {
  return dayOf(localOf(timezone, secondOf(slot?.slotAtMs ?? row.recordedAtMs)));
}

/** An instant as the schedule's own clock showed it, seen from the day of its slot. */
export function wall(facts: StoryCase, atMs: number): string {
  return whenWords(localOf(facts.timezone, secondOf(atMs)), referenceOf(facts));
}

/** The same in a sentence: "at 18:00", "on Friday 09:00". */
export function when(facts: StoryCase, atMs: number): string {
  const words = wall(facts, atMs);
  return `${/^\d/.test(words) ? 'at' : 'on'} ${words}`;
}

/** When hours closed, in a sentence: the end of a day is 24:00 of that day, "at 24:00". */
export function closing(facts: StoryCase, atMs: number): string {
  const local = localOf(facts.timezone, secondOf(atMs));
  if (local % daySeconds !== 0) return when(facts, atMs);
  const lastDay = dayOf(local) - 1;
  const reference = referenceOf(facts);
  return lastDay === reference ? 'at 24:00' : `on ${dateWords(lastDay, reference)} 24:00`;
}

/** A span of time: "from 08:10 to 08:47". */
export function span(facts: StoryCase, fromMs: number, toMs: number): string {
  return `from ${wall(facts, fromMs)} to ${wall(facts, toMs)}`;
}
