import type { ScrapeRunner } from '../../../main/scrape/create-runner.ts';
import type { RunReport } from '../../../main/scrape/runner.ts';
import { aReport } from '../builders.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import { findingOf } from './pages.ts';

/** The runner of the showcase, which reads invented sites. */
export interface ShowcaseRunner extends ScrapeRunner {
  /** From now on runs begin, tell their progress, and don't end. */
  holdRuns(): void;
}

/** A runner whose runs take a few virtual seconds and find what `findingOf` says. */
export function showcaseRunner(clock: VirtualClock): ShowcaseRunner {
  const rounds = new Map<string, number>();
  let held = false;
  return {
    holdRuns: () => {
      held = true;
    },
    warm: () => undefined,
    stop: () => Promise.resolve(),
    tryPage: (scrape) => {
      const { url } = scrape as { readonly url: string };
      const { records = [] } = findingOf(url, 40);
      return Promise.resolve({
        faults: [],
        url,
        title: 'Posts',
        columns: Object.keys(records[0] ?? {}),
        rows: records.map((record, index) => ({
          ...record,
          _key: String(index),
          _state: 'new' as const,
          _firstSeenAt: '2026-11-24T19:40:00Z',
          _lastSeenAt: '2026-11-24T19:40:00Z',
          _run: 0,
        })),
        total: records.length,
        next: `${url}page/2/`,
        message: null,
      });
    },
    start: (job, observer) => {
      const { promise, resolve } = Promise.withResolvers<RunReport>();
      const round = rounds.get(job.scrape.url) ?? 0;
      rounds.set(job.scrape.url, round + 1);
      const finding = findingOf(job.scrape.url, round);
      const durationMs = 1_400 + ((round * 733) % 5_200);
      const rows = finding.records?.length ?? 0;
      observer.log('info', `read ${job.scrape.url}: ${String(rows)} rows`);
      if (typeof finding.message === 'string') observer.log('error', finding.message);
      if (held)
        clock.after(3_000, () => {
          observer.progress({ pages: 1, rows });
        });
      else
        clock.after(durationMs, () => {
          resolve(aReport({ durationMs, ...finding }));
        });
      return {
        done: promise,
        stop: () => {
          resolve(aReport({ outcome: 'partial', reason: 'closed' }));
        },
        cancel: () => {
          resolve(aReport({ outcome: 'cancelled', reason: 'cancelled' }));
        },
      };
    },
  };
}
