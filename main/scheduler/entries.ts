import type { HistoryEntry } from '../../contract/ledger.ts';
import { toInstant, toInstantOrNull } from '../../contract/time.ts';
import type { HistoryPlace } from '../store/history-places.ts';
import type { HistoryRow } from '../store/history.ts';
import { placeOf } from '../store/history.ts';

/** The name of a row of the history on the wire: `r12`, an attempt, or `s34`, a slot without one. */
export function toRowName({ kind, number }: Pick<HistoryPlace, 'kind' | 'number'>): string {
  return kind === 'run' ? `r${String(number)}` : `s${String(number)}`;
}

/** A place in the history as a cursor on the wire: `1764000000000.r12`. */
export function toCursor(place: HistoryPlace): string {
  return `${String(place.recordedAtMs)}.${toRowName(place)}`;
}

/** The place a cursor names; null where it isn't one. */
export function fromCursor(cursor: string): HistoryPlace | null {
  const match = /^(\d{1,15})\.([rs])(\d{1,15})$/.exec(cursor);
  if (match === null) return null;
  return {
    recordedAtMs: Number(match[1]),
    kind: match[2] === 'r' ? 'run' : 'slot',
    number: Number(match[3]),
  };
}

/** How far a run that goes on has come. */
export interface Progress {
  readonly pages: number;
  readonly rows: number;
}

/** A row of the history as it crosses the wire; `progress` is that of a run still going on. */
export function toEntry(row: HistoryRow, progress?: Progress): HistoryEntry {
  const counted = row.run !== null && row.startedAtMs !== null;
  return {
    cursor: toCursor(placeOf(row)),
    run: row.run,
    schedule: row.scheduleId,
    scheduleName: row.scheduleName,
    cause: row.cause,
    attempt: row.attempt,
    slotAt: toInstantOrNull(row.slotAtMs),
    firstSlotAt: toInstantOrNull(row.firstSlotAtMs),
    coalesced: row.coalesced,
    recordedAt: toInstant(row.recordedAtMs),
    startedAt: toInstantOrNull(row.startedAtMs),
    endedAt: toInstantOrNull(row.endedAtMs),
    durationMs: row.durationMs === null ? null : Math.round(row.durationMs),
    state: row.state,
    outcome: row.outcome,
    reason: row.reason,
    message: row.message,
    counts: counted
      ? {
          pages: progress?.pages ?? row.pages,
          notModified: row.notModified,
          rows: progress?.rows ?? row.rows,
          new: row.newRows,
          changed: row.changedRows,
          gone: row.goneRows,
          same: row.sameRows,
        }
      : null,
  };
}
