import { describe, expect, it } from 'vitest';
import type { LogFields } from '../../../main/log.ts';
import type { Committed } from '../../../main/scheduler/conclude.ts';
import { noteActions } from '../../../main/scheduler/note-actions.ts';

/** What a log is told of claims by so many schedules, each of one run with the schedule's number. */
function noted(claims: number): readonly (readonly [string, LogFields | undefined])[] {
  const lines: [string, LogFields | undefined][] = [];
  const keep = (event: string, fields?: LogFields): void => {
    lines.push([event, fields]);
  };
  const committed = Array.from({ length: claims }, (_, index): Committed => {
    const schedule = index + 1;
    const rest = { slotAtMs: 0, attempt: 1, offlineAttempts: 0, notBeforeMs: 0, afterWake: false };
    const queued = [{ run: schedule, slot: schedule, schedule, ...rest }];
    return {
      action: { kind: 'enter', schedule, handledUntilMs: 0, slots: [], afterWake: false },
      written: { queued, ended: [] },
    };
  });
  noteActions({ info: keep, warn: keep, error: keep }, { get: () => undefined }, committed);
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
});
