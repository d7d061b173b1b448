import type { Log, LogFields } from '../log.ts';
import type { Book } from './book.ts';
import type { Committed } from './conclude.ts';

/** More lines of one kind than this in one go are one line: each takes a write to the disk. */
const mostLines = 20;

interface Line {
  readonly level: keyof Log;
  readonly event: string;
  readonly fields: LogFields;
}

/** The log's lines of what was decided (design.md section 5); runs write their own. */
function linesOf(
  { action, written }: Committed,
  idOf: (schedule: number | null) => string,
): readonly Line[] {
  switch (action.kind) {
    case 'enter': {
      const schedule = idOf(action.schedule);
      const rows = written.ended.length;
      return [
        ...written.queued.map(
          ({ run }) =>
            ({ level: 'info', event: 'slot claimed', fields: { schedule, run } }) as const,
        ),
        ...(rows === 0
          ? []
          : [{ level: 'info', event: 'slots not run', fields: { schedule, rows } } as const]),
      ];
    }
    case 'refuse': {
      const { outcome, reason } = action.end;
      const fields = { run: action.item.run, reason };
      return [{ level: 'info', event: `slot ${outcome}`, fields }];
    }
    case 'resume':
      return [{ level: 'info', event: 'resumed', fields: { schedule: idOf(action.schedule) } }];
    case 'note': {
      if (action.notes.pause?.why !== 'failures') return [];
      const failures = action.notes.failures ?? null;
      const fields = { schedule: idOf(action.schedule), failures };
      return [{ level: 'warn', event: 'schedule paused', fields }];
    }
    case 'set-aside': {
      const fields = { id: idOf(action.schedule), message: action.fault };
      return [{ level: 'error', event: 'schedule set aside', fields }];
    }
    case 'count':
    case 'enter-manual':
    case 'retry':
    case 'wait':
    case 'finish':
    case 'start':
    case 'defer':
    case 'close':
      return [];
  }
}

/** Very many alike, as when a thousand schedules are due at once, are the first one and how many more. */
function folded(lines: readonly Line[]): readonly Line[] {
  const [first] = lines;
  if (first === undefined || lines.length <= mostLines) return lines;
  return [{ ...first, fields: { ...first.fields, more: lines.length - 1 } }];
}

/** Writes down what was decided: with many claims after each other at once, for all of them together. */
export interface Notes {
  /** Notes what was committed; claims are held back, as more of them may follow in the same turn. */
  note(committed: readonly Committed[]): void;
  /** Writes what is held back. */
  flush(): void;
}

/** The notes of a scheduler in its log. */
export function createNotes(log: Log, book: Pick<Book, 'get'>): Notes {
  let held: (readonly Committed[])[] = [];
  const idOf = (schedule: number | null): string =>
    schedule === null ? 'all' : (book.get(schedule)?.stored.document.id ?? '');
  const flush = (): void => {
    const lines = held.flat().flatMap((one) => linesOf(one, idOf));
    held = [];
    for (const alike of Map.groupBy(lines, ({ event }) => event).values())
      for (const { level, event, fields } of folded(alike)) log[level](event, fields);
  };
  return {
    note: (committed) => {
      held.push(committed);
      if (committed.some(({ action }) => action.kind !== 'enter')) flush();
    },
    flush,
  };
}
