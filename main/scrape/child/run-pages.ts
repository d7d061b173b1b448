import type { PageScrape, ScrapedRecord } from '../../../contract/scrape.ts';
import { closedMessage } from '../closed.ts';
import { recordKey } from '../keys.ts';
import type { ScrapeLimits } from '../limits.ts';
import type { ChildMessage, ChildVerdict } from '../messages.ts';
import { compileScrape } from '../page/compile-scrape.ts';
import type { Room } from '../page/extract.ts';
import { failedBy, PageFailure } from './failure.ts';
import type { FetchedPage } from './fetch-page.ts';
import { Findings, judged, type EarlyEnd } from './findings.ts';
import { readPage } from './read-page.ts';
import { StoppedError } from './stopped.ts';

/** What a run needs of its process. */
export interface RunParts {
  readonly scrape: PageScrape;
  readonly limits: Pick<ScrapeLimits, 'rows' | 'characters'>;
  /** Rejects with `StoppedError` where a request would have to be sent after the run was told to stop. */
  readonly fetch: (url: string) => Promise<FetchedPage>;
  readonly log: (level: 'info' | 'warning' | 'error', message: string) => void;
  readonly tell: (page: Extract<ChildMessage, { readonly type: 'page' }>) => void;
}

/** Takes each key's first row; tells how many came again. */
class UniqueRows {
  readonly #keys = new Set<string>();
  readonly #keyField: string | undefined;
  repeated = 0;

  constructor(keyField: string | undefined) {
    this.#keyField = keyField;
  }

  get count(): number {
    return this.#keys.size;
  }

  fresh(records: readonly ScrapedRecord[]): readonly ScrapedRecord[] {
    return records.filter((record) => {
      const key = recordKey(record, this.#keyField);
      if (this.#keys.has(key)) {
        this.repeated += 1;
        return false;
      }
      this.#keys.add(key);
      return true;
    });
  }
}

/** The pages of a run, one after the other. */
class PageWalk {
  readonly #parts: RunParts;
  readonly #compiled;
  readonly #seen = new Set<string>();
  readonly rows: UniqueRows;
  readonly findings = new Findings();
  #characters = 0;
  pages = 0;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#compiled = compileScrape(parts.scrape, '').compiled;
    this.rows = new UniqueRows(parts.scrape.key);
  }

  #room(): Room {
    const { limits } = this.#parts;
    return {
      rows: limits.rows - this.rows.count,
      characters: limits.characters - this.#characters,
    };
  }

  /** Reads one page and tells its rows; answers the next page's address and whether room ran out. */
  async #read(url: string): Promise<{ readonly next: string | null; readonly cut: boolean }> {
    const { fetch, log, tell } = this.#parts;
    const page = await fetch(url);
    const { reading, encoding, replaced } = readPage(this.#compiled, page, this.#room());
    if (replaced > 0)
      log(
        'warning',
        `${url} isn't clean ${encoding}: ${String(replaced)} characters couldn't be read.`,
      );
    this.#seen.add(url).add(page.finalUrl);
    this.#characters += reading.characters;
    this.pages += 1;
    this.findings.add(reading.problems, page.finalUrl);
    const records = this.rows.fresh(reading.records);
    const { notModified, keep, finalUrl } = page;
    const kept = keep === null ? null : { url: finalUrl, page: keep };
    tell({ type: 'page', records, notModified, bytes: page.body.length, keep: kept });
    const state = notModified ? ', not modified' : '';
    log('info', `Page ${String(this.pages)}: ${finalUrl}, ${rowsText(records.length)}${state}.`);
    return { next: reading.next, cut: reading.cut };
  }

  /** The end of a run that was told to stop. */
  closed(): ChildVerdict {
    return judged('partial', 'closed', closedMessage(this.pages, this.rows.count));
  }

  /** Follows the pages to the last one; answers why it stopped before that. */
  async follow(): Promise<EarlyEnd> {
    const { scrape, log } = this.#parts;
    let url: string = scrape.url;
    for (;;) {
      const { next, cut } = await this.#read(url);
      if (cut) return 'max-rows';
      if (next === null) return null;
      if (this.#seen.has(next)) {
        log(
          'warning',
          `The next page of ${url} is ${next}, which was read before; the run ends here.`,
        );
        return null;
      }
      if (this.pages >= scrape.maxPages) return 'max-pages';
      url = next;
    }
  }
}

function rowsText(count: number): string {
  return count === 1 ? '1 row' : `${String(count)} rows`;
}

function failureMessage(failure: PageFailure, pages: number, rows: number): PageFailure {
  if (pages === 0) return failure;
  const kept = `Page ${String(pages + 1)} failed; what was read before it (${rowsText(rows)}) is kept with this run.`;
  return new PageFailure(failure.reason, `${failure.message} ${kept}`, failure);
}

/**
 * Carries a page scrape out: page by page, each told as soon as it is read. Of rows with one key the
 * first stands and the others are counted in the log. A page that can't be had ends the run as
 * `failed`, also where earlier pages gave rows: half a list is never taken for the whole. Told to stop,
 * it is `partial` with reason `closed`, whatever its rows lack.
 */
export async function runPages(parts: RunParts): Promise<ChildVerdict> {
  const walk = new PageWalk(parts);
  const { scrape, log } = parts;
  let silentAbout: 'optional' | 'all' = 'optional';
  try {
    const early = await walk.follow();
    return walk.findings.verdict(scrape, walk.rows.count, early);
  } catch (error) {
    silentAbout = 'all';
    if (error instanceof StoppedError) return walk.closed();
    if (!(error instanceof PageFailure)) throw error;
    return failedBy(failureMessage(error, walk.pages, walk.rows.count));
  } finally {
    const { repeated } = walk.rows;
    if (repeated > 0) {
      const by = scrape.key === undefined ? 'in every field' : `in ${scrape.key}`;
      log('warning', `Left out ${rowsText(repeated)} equal to an earlier one ${by}.`);
    }
    for (const warning of walk.findings.warnings(silentAbout)) log('warning', warning);
  }
}
