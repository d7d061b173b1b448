import type { EventEnvelope } from '../../contract/calls.ts';
import type { HistoryEntry } from '../../contract/ledger.ts';
import type { SettingsView } from '../../contract/settings.ts';
import type { HostView, Revision, ScheduleView, Snapshot } from '../../contract/views.ts';
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

/** Hears a change: the board after it, the event, and the board before it. */
export type BoardListener = (board: Board, event: EventEnvelope, before: Board) => void;

/** A board that follows the app. */
export interface LiveBoard {
  current(): Board;
  readonly stop: () => void;
}

/**
 * Follows the app's changes. Main's own calls answer before the next event, so a snapshot and the
 * events after it leave no hole. An event of another start (the app was opened afresh) means that
 * everything is fetched anew; the board stays as it was until then.
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
  let start: string | null = null;

  const fetch = async (): Promise<Board> => {
    start = null;
    const answer = await calls.call('getSnapshot', {});
    if (!answer.ok) throw new Error(answer.message);
    const { revision } = answer.value;
    const fetched = early
      .filter((event) => isAfter(event.revision, revision))
      .reduce(applyEvent, boardOf(answer.value));
    early = [];
    board = fetched;
    start = revision.start;
    return fetched;
  };

  const stop = changes.subscribe((event) => {
    if (board === null || start === null) {
      early.push(event);
      return;
    }
    if (event.revision.start !== start) {
      early = [event];
      const before = board;
      // Refused only while the app is closed for good.
      fetch().then(
        (fetched) => onChange(fetched, event, before),
        () => undefined,
      );
      return;
    }
    const before = board;
    board = applyEvent(before, event);
    onChange(board, event, before);
  });
  try {
    const first = await fetch();
    return { current: () => board ?? first, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

function isAfter(one: Revision, other: Revision): boolean {
  return one.start === other.start && one.sequence > other.sequence;
}
