import { secondOf } from './bounds.ts';
import { dayOf, localOf } from './telling.ts';
import { listWords, whenWords } from './words.ts';

/** What an edit changes, to be said in one sentence. Instants are epoch ms. */
export interface ToldChanges {
  /** The zone in which all times are told. */
  readonly zone: string;
  /** Whether the schedule was in another zone before. */
  readonly otherZone: boolean;
  readonly nowMs: number;
  /** The next run as it was and as it would be; null: none. */
  readonly beforeMs: number | null;
  readonly afterMs: number | null;
  /** Why there would be none; empty for a schedule without times of its own. */
  readonly why: string;
  readonly added: number;
  readonly removed: number;
  readonly moved: number;
  /** How far both were compared: whole days, or, where they are 0, until an instant. */
  readonly days: number;
  readonly untilMs: number;
}

function when(told: ToldChanges, atMs: number): string {
  const reference = dayOf(localOf(told.zone, secondOf(told.nowMs)));
  return whenWords(localOf(told.zone, secondOf(atMs)), reference);
}

/** "in the next 14 days". */
function spanWords(told: ToldChanges): string {
  if (told.days === 0) return `until ${when(told, told.untilMs)}`;
  return told.days === 1 ? 'in the next day' : `in the next ${String(told.days)} days`;
}

/** "14 runs go, 3 come and 2 move"; empty where none does. */
function countWords({ removed, added, moved }: ToldChanges): string {
  const parts = [
    { count: removed, one: 'goes', many: 'go' },
    { count: added, one: 'comes', many: 'come' },
    { count: moved, one: 'moves', many: 'move' },
  ].filter(({ count }) => count > 0);
  return listWords(
    parts.map(({ count, one, many }, index) => {
      const runs = index > 0 ? '' : count === 1 ? ' run' : ' runs';
      return `${String(count)}${runs} ${count === 1 ? one : many}`;
    }),
  );
}

/** What becomes of the next run. */
function nextWords(told: ToldChanges): string {
  const { beforeMs, afterMs, why } = told;
  if (afterMs === null)
    return why === ''
      ? 'It would run after another schedule, at no times of its own'
      : `It would never run again: ${why}`;
  const next = when(told, afterMs);
  if (beforeMs === null) return `The next run is ${next}, where there was none`;
  return beforeMs === afterMs
    ? `The next run stays ${next}`
    : `The next run moves from ${when(told, beforeMs)} to ${next}`;
}

/** The sentence for an edit after which all runs compared are as before. */
function nothingWords(told: ToldChanges): string {
  const { beforeMs, afterMs, why } = told;
  if (beforeMs !== afterMs) {
    if (afterMs === null) return nextWords(told);
    return `${nextWords(told)}; ${spanWords(told)} nothing changes`;
  }
  if (afterMs !== null) return `Nothing changes ${spanWords(told)}`;
  return why === ''
    ? 'Nothing changes: it has no times of its own'
    : `It would still never run: ${why}`;
}

/**
 * What an edit changes as one sentence: "The next run moves from 10:00 to 14:30; in the next 14 days
 * 14 runs go, 3 come and 2 move." Names the zone where the edit changes it.
 */
export function changesText(told: ToldChanges): string {
  const counts = countWords(told);
  const sentence =
    counts === '' ? nothingWords(told) : `${nextWords(told)}; ${spanWords(told)} ${counts}`;
  const anyTime = told.beforeMs !== null || told.afterMs !== null;
  return told.otherZone && anyTime ? `${sentence} (times of ${told.zone}).` : `${sentence}.`;
}
