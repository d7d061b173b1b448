import { decodeBody } from '../page/charset.ts';
import type { CompiledScrape } from '../page/compile-scrape.ts';
import { TooDeepError } from '../page/document.ts';
import { extractPage, type PageReading, type Room } from '../page/extract.ts';
import type { CarriedPage } from '../messages.ts';
import { PageFailure } from './failure.ts';

/** A page's reading, with what was wrong with its bytes. */
export interface ReadPage {
  readonly reading: PageReading;
  readonly encoding: string;
  /** How many characters made no sense in its encoding. */
  readonly replaced: number;
}

/** Decodes and reads a page. Throws `PageFailure('too-deep')` for one that nests beyond measure. */
export function readPage(compiled: CompiledScrape, page: CarriedPage, room: Room): ReadPage {
  const { text, encoding, replaced } = decodeBody(page.body, page.contentType);
  try {
    return { reading: extractPage(compiled, text, page.finalUrl, room), encoding, replaced };
  } catch (error) {
    if (!(error instanceof TooDeepError)) throw error;
    throw new PageFailure(
      'too-deep',
      `${page.finalUrl} nests its elements more than ten thousand deep; no page for people does that.`,
    );
  }
}
