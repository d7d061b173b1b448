import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scheduleSchema, type Schedule, type ScheduleInput } from '../../contract/schedule.ts';
import type { RunReport } from '../../main/scrape/runner.ts';

/** A schedule with its defaults filled in; every half hour, always, unless said otherwise. */
export function aSchedule(given: Partial<ScheduleInput> = {}): Schedule {
  return scheduleSchema.parse({
    id: 'posts',
    name: 'Posts',
    trigger: { kind: 'interval', every: '30m' },
    scrape: {
      kind: 'page',
      url: 'http://127.0.0.1:9/',
      items: 'article',
      fields: { title: 'h2', url: { select: 'a', attr: 'href' } },
      key: 'url',
    },
    ...given,
  });
}

/** A run's report: a plain success without rows, unless said otherwise. */
export function aReport(given: Partial<RunReport> = {}): RunReport {
  return {
    outcome: 'success',
    reason: null,
    message: null,
    records: [],
    pages: 1,
    notModified: 0,
    bytes: 100,
    durationMs: 1_000,
    network: false,
    retryable: false,
    retryAfterMs: null,
    ...given,
  };
}

/** A new temporary folder, and the function that removes it. */
export function aFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'jackdaw-test-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
