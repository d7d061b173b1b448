import type { TryOut } from '../../contract/calls.ts';
import type { Clock } from '../clock.ts';
import type { ChildLauncher } from './launcher.ts';
import type { ScrapeLimits } from './limits.ts';
import type { PageShelf, RobotsShelf, Runner } from './runner.ts';

/** What a runner is made of. */
export interface RunnerParts {
  readonly clock: Clock;
  readonly launch: ChildLauncher;
  readonly pages: PageShelf;
  readonly robots: RobotsShelf;
  /** The least time between two requests to one host, asked before each. */
  readonly hostGapMs: () => number;
  /** `Jackdaw/<version> (+contact)`, asked for each run. */
  readonly userAgent: () => string;
  /** Keep a warm spare child from the first run on (default). A one-shot command says false. */
  readonly spare?: boolean;
  readonly limits?: Partial<ScrapeLimits>;
}

/** A runner that can also try a page out for the editor. */
export interface ScrapeRunner extends Runner {
  /**
   * Reads one page of a draft, without a run and within 20 s: what is wrong with single selectors
   * comes back as faults beside the rest. The page is fetched once in 5 minutes unless `refresh`.
   * Never rejects; what couldn't be read is told in `message`.
   */
  tryPage(scrape: unknown, options: { readonly refresh: boolean }): Promise<TryOut>;
  /** Starts the spare child now, so that the first run needn't wait for it. */
  warm(): void;
}

/** The runner of one host. */
export function createRunner(_parts: RunnerParts): ScrapeRunner {
  throw new Error('under construction');
}
