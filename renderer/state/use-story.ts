import { useEffect, useState } from 'react';
import { rowOfCursor, type Story } from '../../contract/story.ts';
import type { HistoryEntry, RunLogLine } from '../../contract/ledger.ts';
import type { Refusal } from '../../contract/result.ts';
import { call } from './client.ts';
import { onRun } from './use-runs.ts';
import { useSchedules } from './use-schedules.ts';

/** The story of a row and its log, as far as they are known. */
export interface StoryDetail {
  /** Null until it is fetched. */
  readonly story: Story | null;
  /** Null until it is fetched; empty for a slot that never had a run. */
  readonly log: readonly RunLogLine[] | null;
  readonly problem: Refusal | null;
}

const unknown: StoryDetail = { story: null, log: null, problem: null };

/** Does something again after it was asked for meanwhile, never twice at once. */
function oneAtATime(work: () => Promise<void>): () => void {
  let isBusy = false;
  let again = false;
  const act = async (): Promise<void> => {
    again = isBusy;
    if (isBusy) return;
    isBusy = true;
    await work();
    isBusy = false;
    if (again) void act();
  };
  return () => void act();
}

/** The story with a row of it as it is now. */
function withEntry(story: Story, entry: HistoryEntry): Story {
  const row = rowOfCursor(entry.cursor);
  return {
    ...story,
    entry: row === story.row ? entry : story.entry,
    attempts: story.attempts.map((one) => (one.row === row ? { ...one, entry } : one)),
  };
}

/**
 * The story of a row with its log. A run that goes on brings its own news; whatever else changes with
 * the schedule, or comes after a run as a chain, tells the story anew.
 */
export function useStory(row: string): StoryDetail & { readonly retry: () => void } {
  const [detail, setDetail] = useState<StoryDetail>(unknown);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const run = row.startsWith('r') ? Number(row.slice(1)) : null;
    let ended = false;
    let schedule: string | null = null;
    const fetchStory = oneAtATime(async () => {
      const result = await call('getStory', { cursor: row });
      if (ended) return;
      if (!result.ok) {
        setDetail({ ...unknown, problem: result });
        return;
      }
      schedule = result.value.schedule;
      setDetail((known) => ({ ...known, story: result.value, problem: null }));
    });
    const fetchLog = oneAtATime(async () => {
      if (run === null) return;
      const result = await call('getRunLog', { run });
      if (ended) return;
      if (result.ok) setDetail((known) => ({ ...known, log: result.value }));
      else setDetail((known) => ({ ...known, problem: result }));
    });
    fetchStory();
    fetchLog();
    const endRuns = onRun((entry) => {
      setDetail((known) =>
        known.story === null ? known : { ...known, story: withEntry(known.story, entry) },
      );
      if (entry.run === run && run !== null) fetchLog();
      if (entry.cause === 'chain') fetchStory();
    });
    const endSchedules = useSchedules.subscribe(({ schedules }, before) => {
      const of = (all: typeof schedules) => all?.find(({ id }) => id === schedule);
      if (schedule !== null && of(schedules) !== of(before.schedules)) fetchStory();
    });
    return () => {
      ended = true;
      endRuns();
      endSchedules();
    };
  }, [row, attempt]);
  const log = row.startsWith('r') ? detail.log : [];
  return { ...detail, log, retry: () => setAttempt(attempt + 1) };
}
