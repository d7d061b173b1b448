import type { Clock } from '../clock.ts';
import type { CarriedPage } from './messages.ts';

/** How long a page fetched for a try-out is good for. */
const goodForMs = 5 * 60 * 1000;

const bytesMost = 64 * 1024 * 1024;

/** Pages fetched for try-outs, in memory, so that typing a selector doesn't ask the site again. */
export interface PageCache {
  get(url: string): CarriedPage | null;
  put(url: string, page: CarriedPage): void;
}

/** A cache that keeps each page for 5 minutes, and 64 MB of the newest in all. */
export function createPageCache(clock: Clock): PageCache {
  const pages = new Map<string, { readonly page: CarriedPage; readonly atMs: number }>();

  const trim = (): void => {
    let bytes = 0;
    for (const [url, { page, atMs }] of [...pages].reverse()) {
      bytes += page.body.length;
      if (bytes > bytesMost || clock.monotonic() - atMs >= goodForMs) pages.delete(url);
    }
  };

  return {
    get: (url) => {
      trim();
      return pages.get(url)?.page ?? null;
    },
    put: (url, page) => {
      pages.delete(url);
      pages.set(url, { page, atMs: clock.monotonic() });
      trim();
    },
  };
}
