import type { PageScrape } from '../../../contract/scrape.ts';
import type { ChildVerdict } from '../messages.ts';
import type { FieldProblem } from '../page/extract.ts';

interface Finding extends FieldProblem {
  readonly url: string;
}

/** Why a run stopped before its last page; null where it didn't. */
export type EarlyEnd = 'max-pages' | 'max-rows' | null;

function items(count: number): string {
  return count === 1 ? '1 item' : `${String(count)} items`;
}

function sentence(finding: Finding): string {
  const { field, count, item, url, text, fault } = finding;
  const where = `first in item ${String(item)} of ${url}`;
  if (fault === 'unreadable')
    return `The field ${field} couldn't be read in ${items(count)}, ${where}: "${text}". Mend its pattern, format or language.`;
  return `The field ${field} is missing in ${items(count)}, ${where}. Mend its selector, or say required: false.`;
}

/** The end of a run whose pages could be had. */
export function judged(
  outcome: ChildVerdict['outcome'],
  reason: string | null,
  message: string | null,
): ChildVerdict {
  return { outcome, reason, message, network: false, retryable: false, retryAfterMs: null };
}

/** Gathers what a run finds wrong with its fields, and judges the run by it. */
export class Findings {
  readonly #findings = new Map<string, Finding>();

  /** Adds what one page showed; the first example of each fault is the one that is told. */
  add(problems: readonly FieldProblem[], url: string): void {
    for (const problem of problems) {
      const key = `${problem.field} ${problem.fault}`;
      const before = this.#findings.get(key) ?? { ...problem, url, count: 0 };
      this.#findings.set(key, { ...before, count: before.count + problem.count });
    }
  }

  /** What went wrong with the fields that the verdict is silent about: for the log. */
  warnings(silentAbout: 'optional' | 'all'): readonly string[] {
    const findings = [...this.#findings.values()];
    return findings.filter((one) => silentAbout === 'all' || !one.required).map(sentence);
  }

  /**
   * The end of a run whose pages could all be read. A person must look where no item was found
   * (`no-items`), a required field is missing (`missing-field`) or couldn't be read
   * (`unreadable-field`), each with the count and the first example; `partial` where the run stopped
   * before its last page.
   */
  verdict(scrape: PageScrape, rows: number, early: EarlyEnd): ChildVerdict {
    if (rows === 0)
      return judged(
        'attention',
        'no-items',
        `${scrape.url} was read, but ${scrape.items ?? 'it'} finds nothing on it. Look whether the page has changed, and mend the selector of items.`,
      );
    const required = [...this.#findings.values()].filter((one) => one.required);
    const worst = required.find((one) => one.fault === 'missing') ?? required[0];
    if (worst !== undefined)
      return judged(
        'attention',
        worst.fault === 'missing' ? 'missing-field' : 'unreadable-field',
        sentence(worst),
      );
    switch (early) {
      case 'max-pages':
        return judged(
          'partial',
          'max-pages',
          `There are more pages than maxPages allows (${String(scrape.maxPages)}); the rest was left unread. Raise maxPages to read it.`,
        );
      case 'max-rows':
        return judged(
          'partial',
          'max-rows',
          `There are more rows than one run may have; ${String(rows)} were read and the rest was left. Split the schedule.`,
        );
      case null:
        return judged('success', null, null);
    }
  }
}
