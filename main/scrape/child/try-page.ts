import type { TryOut } from '../../../contract/calls.ts';
import type { Fault } from '../../../contract/result.ts';
import type { CarriedPage, ChildTask } from '../messages.ts';
import type { ScrapeLimits } from '../limits.ts';
import { compileScrape } from '../page/compile-scrape.ts';
import type { FieldProblem, PageReading } from '../page/extract.ts';
import { PageFailure } from './failure.ts';
import { readPage } from './read-page.ts';

type TryTask = Extract<ChildTask, { readonly kind: 'try' }>;

/** How many rows a try-out shows. */
const shownRows = 20;

/** What a try-out needs of its process. */
export interface TryParts {
  readonly task: TryTask;
  readonly limits: Pick<ScrapeLimits, 'rows' | 'characters'>;
  readonly fetch: (url: string) => Promise<CarriedPage>;
}

/** A try-out's answer, and the page it fetched, for the next one. */
export interface Tried {
  readonly tryOut: TryOut;
  readonly page: CarriedPage | null;
}

function problemFault(problem: FieldProblem, total: number): Fault {
  const path = `scrape.fields.${problem.field}`;
  const share = `${String(problem.count)} of ${String(total)} items`;
  if (problem.fault === 'missing')
    return {
      path,
      message: `is missing in ${share}, first in item ${String(problem.item)}; mend the selector, or say required: false`,
    };
  return {
    path,
    message: `couldn't be read in ${share}, first in item ${String(problem.item)}: "${problem.text}"; mend the pattern, format or language`,
  };
}

function readingFaults(reading: PageReading, task: TryTask): readonly Fault[] {
  const { items } = task.rules;
  const none =
    reading.records.length === 0 && items !== undefined
      ? [{ path: 'scrape.items', message: 'finds nothing on this page; mend the selector' }]
      : [];
  return [
    ...none,
    ...reading.problems.map((problem) => problemFault(problem, reading.records.length)),
  ];
}

const nothing = { title: null, columns: [], rows: [], total: 0, next: null };

/**
 * Reads one page for the editor. What is broken in the rules is told in `faults` and left out; what
 * the page lacks is told there too. A page that can't be had is told in `message`. Broken `items`
 * give no rows: the page as one record would only mislead.
 */
export async function tryPage({ task, limits, fetch }: TryParts): Promise<Tried> {
  const { compiled, faults } = compileScrape(task.rules, 'scrape');
  try {
    const page = task.page ?? (await fetch(task.url));
    const { reading } = readPage(compiled, page, limits);
    const url = page.finalUrl;
    const carried = { contentType: page.contentType, finalUrl: url, body: page.body };
    const { title, next } = reading;
    if (task.itemsBroken || faults.some(({ path }) => path === 'scrape.items'))
      return {
        tryOut: { ...nothing, faults: [...faults], url, title, next, message: null },
        page: carried,
      };
    const tryOut: TryOut = {
      faults: [...faults, ...readingFaults(reading, task)],
      url,
      title,
      columns: compiled.fields.map(({ name }) => name),
      rows: reading.records.slice(0, shownRows),
      total: reading.records.length,
      next,
      message: null,
    };
    return { tryOut, page: carried };
  } catch (error) {
    if (!(error instanceof PageFailure)) throw error;
    return {
      tryOut: { ...nothing, faults: [...faults], url: null, message: error.message },
      page: null,
    };
  }
}
