import { readPlaces, type HistoryQuery } from '../../main/store/history-places.ts';
import { rowReader, type HistoryRow } from '../../main/store/history.ts';
import type { Reader } from '../../main/store/statement.ts';

/** A page of history in one go, newest first; the call that lists runs reads it a little at a time. */
export function readHistory(db: Reader, query: HistoryQuery): readonly HistoryRow[] {
  const read = rowReader(db);
  return readPlaces(db, query).flatMap((place) => read(place) ?? []);
}
