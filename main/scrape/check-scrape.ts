import type { Fault } from '../../contract/result.ts';
import type { Scrape } from '../../contract/scrape.ts';
import { compileScrape } from './page/compile-scrape.ts';

/**
 * What the shape of a scrape can't tell: selectors that don't parse or use what isn't supported,
 * patterns that don't compile, date formats with unknown tokens, unknown languages, and parts of a
 * field that don't go together. Each fault has its path below `pathPrefix` (`schedules[0].scrape`)
 * and its remedy; none means the scrape can be carried out.
 */
export function checkScrape(scrape: Scrape, pathPrefix: string): readonly Fault[] {
  return compileScrape(scrape, pathPrefix).faults;
}
