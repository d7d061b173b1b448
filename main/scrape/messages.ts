import type { TryOut } from '../../contract/calls.ts';
import type { PageScrape, ScrapedRecord } from '../../contract/scrape.ts';
import type { ScrapeLimits } from './limits.ts';
import type { ReadingRules } from './page/compile-scrape.ts';
import type { KeptPage, KeptRobots, RunReport } from './runner.ts';

/** What a child's watchdog writes to the error stream before it ends a child whose memory ran over. */
export const memoryMark = 'jackdaw: memory over the cap';

/** What stands in a child's error stream where its memory ran over: the watchdog's word, or V8's own. */
export const memoryMarks = [memoryMark, 'JavaScript heap out of memory'] as const;

/** A page handed back and forth, so that it is fetched only once. */
export interface CarriedPage {
  readonly contentType: string | null;
  readonly finalUrl: string;
  readonly body: Uint8Array;
}

/** What a child is asked to do: one run in its life, or some try-outs. */
export type ChildTask =
  | { readonly kind: 'run'; readonly scrape: PageScrape }
  | {
      readonly kind: 'try';
      readonly url: string;
      readonly rules: ReadingRules;
      /** Whether there are items that can't even be handed over: then there are no rows to show. */
      readonly itemsBroken: boolean;
      /** The page as it was fetched a moment ago; null: fetch it. */
      readonly page: CarriedPage | null;
    };

/** How many messages a child may send at its task: far more than an honest one needs. */
export function messagesMost(task: ChildTask): number {
  return 1_000 + 100 * (task.kind === 'run' ? task.scrape.maxPages : 1);
}

/** What the parent says to a child. Both come from one build, so the messages carry no version. */
export type ParentMessage =
  | {
      readonly type: 'start';
      readonly task: ChildTask;
      readonly userAgent: string;
      readonly limits: ScrapeLimits;
      /** Whose end ends the child. */
      readonly parentPid: number;
    }
  /** Leave to send the request; with what is known of the page for a conditional one. */
  | {
      readonly type: 'leave';
      readonly id: number;
      readonly etag: string | null;
      readonly lastModified: string | null;
    }
  /** The robots.txt asked for; null: fetch it and tell. */
  | { readonly type: 'robots'; readonly id: number; readonly robots: KeptRobots | null }
  /** The body asked for; null where it is kept no more. */
  | { readonly type: 'kept-page'; readonly id: number; readonly page: CarriedPage | null }
  /** The hours have closed: send no further request, and tell what has been read. */
  | { readonly type: 'stop' }
  /** End now, politely. */
  | { readonly type: 'end' };

/** How a run ended, as its child tells it. */
export type ChildVerdict = Pick<
  RunReport,
  'reason' | 'message' | 'network' | 'retryable' | 'retryAfterMs'
> & { readonly outcome: 'success' | 'partial' | 'attention' | 'failed' };

/** What a child says to its parent, who believes nothing of it before checking its shape. */
export type ChildMessage =
  | { readonly type: 'ready' }
  /** Asks leave for a request; redirects included. `conditional` asks for the kept page's validators. */
  | {
      readonly type: 'leave';
      readonly id: number;
      readonly url: string;
      readonly conditional: boolean;
    }
  | { readonly type: 'robots'; readonly id: number; readonly origin: string }
  /** The robots.txt as fetched: `body` null where there is none, `failed` where it couldn't be had. */
  | {
      readonly type: 'robots-read';
      readonly origin: string;
      readonly body: string | null;
      readonly failed: boolean;
    }
  | { readonly type: 'kept-page'; readonly id: number; readonly url: string }
  | { readonly type: 'log'; readonly level: 'info' | 'warning' | 'error'; readonly message: string }
  /** A page was read: its new rows, and the page to keep where it may be asked for conditionally. */
  | {
      readonly type: 'page';
      readonly records: readonly ScrapedRecord[];
      readonly notModified: boolean;
      readonly bytes: number;
      readonly keep: {
        readonly url: string;
        readonly page: Omit<KeptPage, 'fetchedAtMs'>;
      } | null;
    }
  | { readonly type: 'end'; readonly verdict: ChildVerdict }
  | { readonly type: 'tried'; readonly tryOut: TryOut; readonly page: CarriedPage | null };
