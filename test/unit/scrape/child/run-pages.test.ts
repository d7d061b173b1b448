import { describe, expect, it } from 'vitest';
import { pageScrapeSchema, type ScrapedRecord } from '../../../../contract/scrape.ts';
import { PageFailure } from '../../../../main/scrape/child/failure.ts';
import { runPages } from '../../../../main/scrape/child/run-pages.ts';
import { StoppedError } from '../../../../main/scrape/child/stopped.ts';
import type { ChildVerdict } from '../../../../main/scrape/messages.ts';

const home = 'https://x.test/1';

interface Ran {
  readonly verdict: ChildVerdict;
  readonly pages: readonly (readonly ScrapedRecord[])[];
  readonly asked: readonly string[];
  readonly lines: readonly string[];
}

/** Runs a scrape of pages given by address; a failure stands for a page that can't be had. */
async function run(
  site: Readonly<Record<string, string | PageFailure | StoppedError>>,
  scrape: Record<string, unknown> = {},
  limits = { rows: 1000, characters: 100_000 },
): Promise<Ran> {
  const pages: (readonly ScrapedRecord[])[] = [];
  const asked: string[] = [];
  const lines: string[] = [];
  const verdict = await runPages({
    scrape: pageScrapeSchema.parse({
      kind: 'page',
      url: home,
      items: 'p',
      fields: { id: { attr: 'id' }, name: { select: 'b', required: false } },
      next: 'a',
      key: 'id',
      ...scrape,
    }),
    limits,
    fetch: async (url) => {
      asked.push(url);
      const page = site[url];
      if (page === undefined || page instanceof Error)
        throw page ?? new PageFailure('http-404', `${url} answered 404.`);
      const contentType = 'text/html; charset=utf-8';
      return {
        contentType,
        finalUrl: url,
        body: Buffer.from(page, 'latin1'),
        notModified: false,
        keep: null,
      };
    },
    log: (level, message) => {
      if (level !== 'info') lines.push(message);
    },
    tell: ({ records }) => {
      pages.push(records);
    },
  });
  return { verdict, pages, asked, lines };
}

const fine = {
  outcome: 'success',
  reason: null,
  message: null,
  network: false,
  retryable: false,
  retryAfterMs: null,
};

describe('scrape/child/run-pages', () => {
  it('follows next to the last page and tells each page by itself', async () => {
    const site = {
      [home]: '<p id=a><b>A</b></p><a href=2>next</a>',
      'https://x.test/2': '<p id=b></p><a href=3#top>next</a>',
      'https://x.test/3': '<p id=c></p>',
    };
    expect(await run(site)).toEqual({
      verdict: fine,
      pages: [[{ id: 'a', name: 'A' }], [{ id: 'b', name: null }], [{ id: 'c', name: null }]],
      asked: [home, 'https://x.test/2', 'https://x.test/3'],
      lines: [],
    });
  });

  it('ends where the next page was read before', async () => {
    const site = {
      [home]: '<p id=a><a href=2>next</a>',
      'https://x.test/2': '<p id=b><a href=1>next</a>',
    };
    const { verdict, asked, lines } = await run(site);
    expect([verdict, asked]).toEqual([fine, [home, 'https://x.test/2']]);
    expect(lines).toEqual([expect.stringContaining('which was read before')]);
  });

  it('is partial where maxPages leaves pages unread', async () => {
    const site = {
      [home]: '<p id=a><a href=2>next</a>',
      'https://x.test/2': '<p id=b><a href=3>next</a>',
    };
    const { verdict, asked } = await run(site, { maxPages: 2 });
    expect([verdict.outcome, verdict.reason]).toEqual(['partial', 'max-pages']);
    expect(asked).toHaveLength(2);
  });

  it('is a success where maxPages is just enough', async () => {
    const site = { [home]: '<p id=a><a href=2>next</a>', 'https://x.test/2': '<p id=b>' };
    expect((await run(site, { maxPages: 2 })).verdict).toEqual(fine);
  });

  it('keeps the first of rows with one key, over all pages, and counts the others', async () => {
    const site = {
      [home]: '<p id=a><b>first</b><p id=a><b>second</b><a href=2>next</a>',
      'https://x.test/2': '<p id=a><b>third</b><p id=b>',
    };
    const { pages, lines, verdict } = await run(site);
    expect(verdict).toEqual(fine);
    expect(pages).toEqual([[{ id: 'a', name: 'first' }], [{ id: 'b', name: null }]]);
    expect(lines).toEqual(['Left out 2 rows equal to an earlier one in id.']);
  });

  it('keeps one of rows that are equal in every field where there is no key', async () => {
    const { pages, lines } = await run({ [home]: '<p id=a><p id=a>' }, { key: undefined });
    expect(pages).toEqual([[{ id: 'a', name: null }]]);
    expect(lines).toEqual(['Left out 1 row equal to an earlier one in every field.']);
  });

  it('asks for attention where there are no items at all', async () => {
    const { verdict } = await run({ [home]: '<i>sold out</i>' });
    expect([verdict.outcome, verdict.reason]).toEqual(['attention', 'no-items']);
    expect(verdict.message).toContain('p finds nothing on it');
  });

  it('asks for attention where a required field is missing, with the count over all pages', async () => {
    const site = {
      [home]: '<p id=a><p><a href=2>next</a>',
      'https://x.test/2': '<p><p>',
    };
    const { verdict, pages } = await run(site, { key: undefined });
    expect([verdict.outcome, verdict.reason]).toEqual(['attention', 'missing-field']);
    expect(verdict.message).toBe(
      `The field id is missing in 3 items, first in item 2 of ${home}. Mend its selector, or say required: false.`,
    );
    expect(pages[0]).toEqual([
      { id: 'a', name: null },
      { id: null, name: null },
    ]);
  });

  it('asks for attention where a required field could not be read, with the text', async () => {
    const fields = { id: { attr: 'id', as: 'number' } };
    const { verdict } = await run({ [home]: '<p id=x1,2y>' }, { fields });
    expect([verdict.outcome, verdict.reason]).toEqual(['attention', 'unreadable-field']);
    expect(verdict.message).toContain('1 item, first in item 1 of https://x.test/1: "x1,2y"');
  });

  it('only logs what could not be read where it is not required', async () => {
    const fields = { id: { attr: 'id' }, n: { select: 'b', as: 'number', required: false } };
    const { verdict, lines } = await run({ [home]: '<p id=a><b>soon</b>' }, { fields });
    expect(verdict).toEqual(fine);
    expect(lines).toEqual([expect.stringContaining("The field n couldn't be read in 1 item")]);
  });

  it('fails with the first page', async () => {
    const failure = new PageFailure('dns', 'No such host.', { network: true });
    expect((await run({ [home]: failure })).verdict).toEqual({
      outcome: 'failed',
      reason: 'dns',
      message: 'No such host.',
      network: true,
      retryable: true,
      retryAfterMs: null,
    });
  });

  it('fails with a later page too, its rows kept, and says how many', async () => {
    const { verdict, pages } = await run({ [home]: '<p id=a><a href=2>next</a>' });
    expect(verdict).toMatchObject({ outcome: 'failed', reason: 'http-404', retryable: false });
    expect(verdict.message).toBe(
      'https://x.test/2 answered 404. Page 2 failed; what was read before it (1 row) is kept with this run.',
    );
    expect(pages).toEqual([[{ id: 'a', name: null }]]);
  });

  it('is partial where the hours close: what was read is kept, the rest is not asked for', async () => {
    const site = {
      [home]: '<p><b>A</b></p><p id=b></p><a href=2>next</a>',
      'https://x.test/2': new StoppedError(),
    };
    const { verdict, pages, lines } = await run(site, { key: undefined });
    expect(verdict).toEqual({
      ...fine,
      outcome: 'partial',
      reason: 'closed',
      message:
        'The active hours closed after 1 page, and the run stopped; what it had read (2 rows) is kept with it. To have it read to the end, let it finish at the close of its hours.',
    });
    expect(pages).toHaveLength(1);
    expect(lines).toEqual([expect.stringContaining('The field id is missing in 1 item')]);
  });

  it('is partial too where the hours close before its first page', async () => {
    const { verdict } = await run({ [home]: new StoppedError() });
    expect([verdict.outcome, verdict.reason]).toEqual(['partial', 'closed']);
    expect(verdict.message).toContain('closed before the run had read a page');
  });

  it('fails on a page that nests without end', async () => {
    const { verdict } = await run({ [home]: '<div>'.repeat(20_000) });
    expect([verdict.outcome, verdict.reason]).toEqual(['failed', 'too-deep']);
  });

  it('stops where a run has more rows than it may', async () => {
    const site = {
      [home]: '<p id=a><p id=b><a href=2>next</a>',
      'https://x.test/2': '<p id=c><p id=d>',
    };
    const { verdict, pages } = await run(site, {}, { rows: 3, characters: 1000 });
    expect([verdict.outcome, verdict.reason]).toEqual(['partial', 'max-rows']);
    expect(pages.flat().map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('logs how many characters made no sense', async () => {
    const { lines } = await run({ [home]: '<p id=a\xff\xfe>' });
    expect(lines).toEqual([`${home} isn't clean utf-8: 2 characters couldn't be read.`]);
  });
});
