import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import { createRunner, type ScrapeRunner } from '../../../main/scrape/create-runner.ts';
import { forkLauncher } from '../../../main/scrape/fork-launcher.ts';
import { openFaultSite, page, type FaultSite } from '../../support/fault-site.ts';
import { programPath } from '../../support/programs.ts';

let site: FaultSite;
let runner: ScrapeRunner;
let launched = 0;

beforeAll(() => {
  const fork = forkLauncher(programPath('scrape-child'));
  runner = createRunner({
    clock: systemClock(),
    launch: (launch) => {
      launched += 1;
      return fork(launch);
    },
    pages: { get: () => null, put: () => undefined },
    robots: { get: () => null, put: () => undefined },
    hostGapMs: () => 60_000,
    userAgent: () => 'Jackdaw/0.0.0-test (+https://jackdaw.invalid)',
  });
  runner.warm();
});

afterAll(() => runner.stop());

beforeEach(async () => {
  site = await openFaultSite();
});

afterEach(() => site.close());

describe('scrape/try-pages', () => {
  const draft = {
    kind: 'page',
    items: 'p',
    fields: { id: { attr: 'id' }, text: {} },
    next: 'a',
  };

  it('shows the rows, the columns and the next page, and keeps the page for the next try', async () => {
    site.at('/', page('<title>Birds</title><p id=a>A<p id=b>B<a href=2>next</a>', { etag: '"1"' }));
    const shown = {
      faults: [],
      url: site.url('/'),
      title: 'Birds',
      columns: ['id', 'text'],
      rows: [
        { id: 'a', text: 'A' },
        { id: 'b', text: 'Bnext' },
      ],
      total: 2,
      next: site.url('/2'),
      message: null,
    };
    expect(await runner.tryPage({ ...draft, url: site.url('/') }, { refresh: false })).toEqual(
      shown,
    );
    const other = { ...draft, url: site.url('/'), items: 'title' };
    expect(await runner.tryPage(other, { refresh: false })).toMatchObject({ total: 1 });
    expect(site.paths()).toEqual(['/']);
    await runner.tryPage(other, { refresh: true });
    expect(site.paths()).toEqual(['/', '/']);
  });

  it('tells what is wrong with single parts beside the rest', async () => {
    site.at('/', page('<p id=a>A<p>B'));
    const fields = {
      id: { attr: 'id' },
      bad: 'h3[',
      'not a name': 'b',
      n: { as: 'number' },
      empty: '',
    };
    const tried = await runner.tryPage(
      { ...draft, url: site.url('/'), fields, next: 7 },
      { refresh: false },
    );
    expect(tried.faults.map(({ path: where }) => where)).toEqual([
      'scrape.fields.not a name',
      'scrape.fields.empty',
      'scrape.next',
      'scrape.fields.bad',
      'scrape.fields.n',
      'scrape.fields.id',
    ]);
    expect([tried.columns, tried.rows, tried.message]).toEqual([
      ['id', 'n'],
      [
        { id: 'a', n: null },
        { id: null, n: null },
      ],
      null,
    ]);
  });

  it.each([
    ['that do not parse', 'p[', "isn't a CSS selector"],
    ['that find nothing', '.none', 'finds nothing on this page'],
    ['that are no text', 5, 'must be a text'],
  ])('shows no rows for items %s', async (_what, items, message) => {
    site.at('/', page('<p id=a>A'));
    const tried = await runner.tryPage({ ...draft, url: site.url('/'), items }, { refresh: false });
    expect(tried).toMatchObject({
      faults: [{ path: 'scrape.items', message: expect.stringContaining(message) as string }],
      rows: [],
      total: 0,
    });
  });

  it.each([
    ['no draft', 5, 'scrape'],
    ['a draft without an address', draft, 'scrape.url'],
    ['an address that is not of the web', { ...draft, url: 'file:///etc/passwd' }, 'scrape.url'],
  ])('reads nothing for %s', async (_what, scrape, where) => {
    const before = launched;
    const tried = await runner.tryPage(scrape, { refresh: false });
    expect(tried.faults.map(({ path: one }) => one)).toContain(where);
    expect([tried.url, launched - before]).toEqual([null, 0]);
  });

  it('says why the page could not be read', async () => {
    const tried = await runner.tryPage({ ...draft, url: site.url('/none') }, { refresh: false });
    expect(tried).toMatchObject({ url: null, rows: [], faults: [] });
    expect(tried.message).toContain(`${site.url('/none')} answered 404.`);
  });

  it('keeps to robots.txt', async () => {
    site.at('/robots.txt', page('User-agent: *\nDisallow: /'));
    const tried = await runner.tryPage({ ...draft, url: site.url('/') }, { refresh: false });
    expect(tried.message).toContain('asks robots not to read');
    expect(site.paths()).toEqual([]);
  });

  it('fetches a page once for several who try it at the same time', async () => {
    site.at('/', page('<p id=a>A'));
    const tries = [1, 2, 3].map(() =>
      runner.tryPage({ ...draft, url: site.url('/') }, { refresh: false }),
    );
    expect((await Promise.all(tries)).map(({ total }) => total)).toEqual([1, 1, 1]);
    expect(site.paths()).toEqual(['/']);
  });
});
