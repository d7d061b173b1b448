import { hash } from 'node:crypto';
import type { Scrape } from '../../contract/scrape.ts';

/** What a scrape reads from a page, as a hash: runs with another one can't be compared (rule 13). */
export function fieldHash({ items, fields, key }: Scrape): string {
  const read = JSON.stringify([items ?? null, Object.entries(fields), key ?? null]);
  return hash('sha256', read).slice(0, 32);
}
