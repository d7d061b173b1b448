import type { Scrape, ScrapedRecord } from '../../contract/scrape.ts';

/** What the scheduler hands over to have one attempt carried out. */
export interface RunJob {
  /** The run's number, for the log. */
  readonly run: number;
  /** The schedule's internal number: pages are kept by it. */
  readonly schedule: number;
  readonly scrape: Scrape;
  /** The deadline, in monotonic milliseconds from the start of the child. */
  readonly timeoutMs: number;
}

/** Hears what a run says while it goes on. */
export interface RunObserver {
  progress(progress: { readonly pages: number; readonly rows: number }): void;
  log(level: 'info' | 'warning' | 'error', message: string): void;
}

/** How an attempt ended. Never thrown: a crash of the child is an outcome too. */
export interface RunReport {
  readonly outcome: 'success' | 'partial' | 'attention' | 'failed' | 'timed-out' | 'cancelled';
  /** A stable word, null for a plain success: `http-500`, `dns`, `crash`, `no-items`, `robots`. */
  readonly reason: string | null;
  /** One plain sentence for a person: what, where, what to do. */
  readonly message: string | null;
  /** The rows in page order; whatever was read before a failure is kept. */
  readonly records: readonly ScrapedRecord[];
  readonly pages: number;
  /** Pages answered 304. */
  readonly notModified: number;
  /** Bytes of bodies received, decompressed. */
  readonly bytes: number;
  readonly durationMs: number;
  /** Whether the network, not the page, was at fault (no name, no route, no answer). */
  readonly network: boolean;
  /** Whether the same attempt may do better later: network faults, 408, 429, 5xx, a crash, a time-out. */
  readonly retryable: boolean;
  /** What the server asked for in Retry-After, in milliseconds. */
  readonly retryAfterMs: number | null;
}

/** An attempt that goes on. */
export interface ActiveRun {
  readonly done: Promise<RunReport>;
  /**
   * Asks the run to end after the page it is at, as its hours have closed: its report says `partial`,
   * reason `closed`, unless that page was the last one anyway. It may take as long as a page takes;
   * `cancel` puts an end to that.
   */
  stop(): void;
  /** Ends the run: its report says `cancelled`. */
  cancel(): void;
}

/** Carries runs out, each in a process of its own that ends with its deadline or its parent. */
export interface Runner {
  start(job: RunJob, observer: RunObserver): ActiveRun;
  /** Cancels every run, waits for the reports, and ends the spare child. */
  stop(): Promise<void>;
}

/** A page as it was answered last, kept for conditional requests. */
export interface KeptPage {
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly contentType: string | null;
  /** The address after redirects, which relative links resolve against. */
  readonly finalUrl: string;
  /** The body as received, decompressed. */
  readonly body: Uint8Array;
  readonly fetchedAtMs: number;
}

/** Where pages are kept between runs; the store provides one. */
export interface PageShelf {
  get(schedule: number, url: string): KeptPage | null;
  put(schedule: number, url: string, page: KeptPage): void;
}

/** A robots.txt as it was answered last: `body` null where there is none (4xx: all is allowed). */
export interface KeptRobots {
  readonly fetchedAtMs: number;
  readonly body: string | null;
}

/** Where robots.txt files are kept, by origin; the store provides one. */
export interface RobotsShelf {
  get(origin: string): KeptRobots | null;
  put(origin: string, robots: KeptRobots): void;
}
