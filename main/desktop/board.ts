import type { EventEnvelope } from '../../contract/calls.ts';
import type { HistoryEntry } from '../../contract/ledger.ts';
import type { SettingsView } from '../../contract/settings.ts';
import type { HostView, ScheduleView, Snapshot } from '../../contract/views.ts';
import type { Calls } from '../calls/calls.ts';
import type { Changes } from '../changes.ts';

/** What the tray and the notifications know: the same values a window shows. */
export interface Board {
  readonly host: HostView;
  readonly settings: SettingsView;
  readonly schedules: ReadonlyMap<string, ScheduleView>;
  /** The runs going on or waiting, by the cursor of their row. */
  readonly runs: ReadonlyMap<string, HistoryEntry>;
}

/** The board as a snapshot shows it. */
export function boardOf(snapshot: Snapshot): Board {
  return {
    host: snapshot.host,
    settings: snapshot.settings,
    schedules: new Map(snapshot.schedules.map((schedule) => [schedule.id, schedule])),
    runs: new Map(snapshot.runs.map((run) => [run.cursor, run])),
  };
}

function changed<Value>(
  map: ReadonlyMap<string, Value>,
  key: string,
  value: Value | null,
): ReadonlyMap<string, Value> {
  const copy = new Map(map);
  if (value === null) copy.delete(key);
  else copy.set(key, value);
  return copy;
}

/** The board after one event. */
export function applyEvent(board: Board, event: EventEnvelope): Board {
  switch (event.name) {
    case 'schedule':
      return { ...board, schedules: changed(board.schedules, event.value.id, event.value) };
    case 'scheduleRemoved':
      return { ...board, schedules: changed(board.schedules, event.value.id, null) };
    case 'run': {
      const open = event.value.state === 'ended' ? null : event.value;
      return { ...board, runs: changed(board.runs, event.value.cursor, open) };
    }
    case 'settings':
      return { ...board, settings: event.value };
    case 'host':
      return { ...board, host: event.value };
    case 'hours':
      return board;
  }
}

/** Hears a change: the board after it, and the event. */
export type BoardListener = (board: Board, event: EventEnvelope) => void;

/** A board that follows the app. */
export interface LiveBoard {
  current(): Board;
  readonly stop: () => void;
}

/**
 * Follows the app's changes. Main's own calls answer before the next event, so the snapshot and the
 * events after it leave no hole. An app that was put together anew (a restored backup) has another start:
 * then the snapshot is taken again.
 *
 * @throws Error where the app refuses its own snapshot.
 */
export async function followBoard(
  calls: Calls,
  changes: Changes,
  onChange: BoardListener,
): Promise<LiveBoard> {
  let early: EventEnvelope[] = [];
  let board: Board | null = null;
  let start = '';
  const take = async (): Promise<Board> => {
    const answer = await calls.call('getSnapshot', {});
    if (!answer.ok) throw new Error(answer.message);
    const { revision } = answer.value;
    start = revision.start;
    const later = early.filter(
      (event) => event.revision.start === start && event.revision.sequence > revision.sequence,
    );
    early = [];
    board = later.reduce(applyEvent, boardOf(answer.value));
    return board;
  };
  const stop = changes.subscribe((event) => {
    if (board === null) early.push(event);
    else if (event.revision.start === start) {
      board = applyEvent(board, event);
      onChange(board, event);
    } else {
      last = board;
      board = null;
      early.push(event);
      void take().then(
        (anew) => {
          onChange(anew, event);
        },
        // Refused: what was known stands, and the next event asks again.
        () => {
          board = last;
        },
      );
    }
  });
  let last: Board;
  try {
    last = await take();
  } catch (error) {
    stop();
    throw error;
  }
  return { current: () => board ?? last, stop };
}
