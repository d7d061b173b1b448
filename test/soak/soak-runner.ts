import type { ScrapedRecord } from '../../contract/scrape.ts';
import type { Clock } from '../../main/clock.ts';
import type { ScrapeRunner } from '../../main/scrape/create-runner.ts';
import type { RunReport } from '../../main/scrape/runner.ts';
import { aReport } from '../support/builders.ts';

/** How many rows a page has. */
const rowsAPage = 10;

/** The rows of a page on which, now and then, a price changes, a row goes and another comes. */
function readPage(random: () => number, schedule: number): readonly ScrapedRecord[] {
  const isQuiet = random() < 0.6;
  return Array.from({ length: rowsAPage }, (_, index) => {
    const isAnother = !isQuiet && random() < 0.05;
    const name = `${String(schedule)}/${String(isAnother ? index + 50 : index)}`;
    const price = isQuiet || random() < 0.9 ? 100 + index : Math.floor(random() * 50);
    return { title: `Row ${name}`, url: `http://a.test/${name}`, price };
  });
}

/** What an attempt comes to: mostly rows, else a failure of each kind. */
function outcomeOf(random: () => number, schedule: number): Partial<RunReport> {
  const drawn = random();
  if (drawn < 0.88) return { records: readPage(random, schedule) };
  const records = readPage(random, schedule).slice(0, 3);
  if (drawn < 0.9) return { outcome: 'partial', reason: 'http-404', records };
  if (drawn < 0.92) return { outcome: 'timed-out', reason: null, retryable: true };
  if (drawn < 0.97) return { outcome: 'failed', reason: 'http-503', retryable: true };
  return { outcome: 'failed', reason: 'dns', network: true, retryable: true };
}

/**
 * A runner without children that keeps nothing of a run once it has ended: what grows in a soak must be
 * the product's.
 */
export function createSoakRunner(clock: Clock, random: () => number): ScrapeRunner {
  return {
    warm: () => undefined,
    tryPage: () => Promise.reject(new Error('nobody tries a page in a soak')),
    stop: () => Promise.resolve(),
    start: ({ schedule }, observer) => {
      const { promise, resolve } = Promise.withResolvers<RunReport>();
      const beganMs = clock.monotonic();
      const outcome = outcomeOf(random, schedule);
      const takesMs = random() < 0.01 ? 2_400_000 : 1_000 + Math.floor(random() * 30_000);
      const end = (report: Partial<RunReport>): void => {
        timer.cancel();
        resolve(aReport({ ...report, durationMs: clock.monotonic() - beganMs }));
      };
      const timer = clock.after(takesMs, () => {
        observer.log('info', 'Reading page 1.');
        observer.progress({ pages: 1, rows: outcome.records?.length ?? 0 });
        end(outcome);
      });
      return {
        done: promise,
        stop: () => {
          end({ outcome: 'partial', reason: 'closed' });
        },
        cancel: () => {
          end({ outcome: 'cancelled' });
        },
      };
    },
  };
}
