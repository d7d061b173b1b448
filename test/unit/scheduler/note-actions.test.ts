import { describe, expect, it } from 'vitest';
import type { LogFields } from '../../../main/log.ts';
import type { Committed } from '../../../main/scheduler/conclude.ts';
import { createNotes, type Notes } from '../../../main/scheduler/note-actions.ts';

type Lines = readonly (readonly [string, LogFields | undefined])[];

/** Claims by so many schedules, each of one run with the schedule's number. */
function claims(count: number, from = 1): readonly Committed[] {
  return Array.from({ length: count }, (_, index): Committed => {
    const schedule = from + index;
    const rest = { slotAtMs: 0, attempt: 1, offlineAttempts: 0, notBeforeMs: 0, afterWake: false };
    const queued = [{ run: schedule, slot: schedule, schedule, ...rest }];
    return {
      action: { kind: 'enter', schedule, handledUntilMs: 0, slots: [], afterWake: false },
      written: { queued, ended: [] },
    };
  });
}

/** The notes of a log, and what the log is told. */
function aLog(): { readonly notes: Notes; readonly lines: Lines } {
  const lines: [string, LogFields | undefined][] = [];
  const keep = (event: string, fields?: LogFields): void => {
    lines.push([event, fields]);
  };
  const notes = createNotes({ info: keep, warn: keep, error: keep }, { get: () => undefined });
  return { notes, lines };
}

/** What a log is told of claims that are committed in so many parts. */
function noted(...parts: readonly number[]): Lines {
  const { notes, lines } = aLog();
  for (const part of parts) notes.note(claims(part));
  notes.flush();
  return lines;
}

describe('scheduler/note-actions', () => {
  it('writes a line for each of a few claims', () => {
    expect(noted(2)).toEqual([
      ['slot claimed', { schedule: '', run: 1 }],
      ['slot claimed', { schedule: '', run: 2 }],
    ]);
    expect(noted(20)).toHaveLength(20);
  });

  it('writes one line for very many, with the first and how many more', () => {
    expect(noted(500)).toEqual([['slot claimed', { schedule: '', run: 1, more: 499 }]]);
  });

  it('writes one line for the claims of a burst, however many commits they took', () => {
    expect(noted(500, 500, 500)).toEqual([['slot claimed', { schedule: '', run: 1, more: 1_499 }]]);
  });

  it('writes claims before whatever follows them', () => {
    const { notes, lines } = aLog();
    notes.note(claims(1));
    notes.note([
      {
        action: { kind: 'resume', schedule: null, atMs: 0 },
        written: { queued: [], ended: [] },
      },
    ]);
    expect(lines.map(([event]) => event)).toEqual(['slot claimed', 'resumed']);
  });
});
