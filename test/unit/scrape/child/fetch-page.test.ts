import {
  gzipSync,
  brotliCompressSync,
  deflateSync,
  deflateRawSync,
  zstdCompressSync,
  gunzipSync,
} from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../main/clock.ts';
import { PageFailure } from '../../../../main/scrape/child/failure.ts';
import {
  fetchPage,
  retryAfterMs,
  type FetchedPage,
} from '../../../../main/scrape/child/fetch-page.ts';
import { createHttp } from '../../../../main/scrape/child/http.ts';
import { createRobots } from '../../../../main/scrape/child/robots.ts';
import { defaultLimits, type ScrapeLimits } from '../../../../main/scrape/limits.ts';
import { fakeParent, type FakeParent } from '../../../support/fake-parent.ts';
import {
  brokenBody,
  endlessBody,
  openFaultSite,
  page,
  sendOn,
  silence,
  slowBody,
  slowHeaders,
  stalledBody,
  status,
  taggedPage,
  type FaultSite,
} from '../../../support/fault-site.ts';
import { selfSigned } from '../../../support/self-signed.ts';

let site: FaultSite;
let other: FaultSite;
let parent: FakeParent;

beforeEach(async () => {
  site = await openFaultSite();
  other = await openFaultSite();
  parent = fakeParent();
});

afterEach(async () => {
  await Promise.all([site.close(), other.close()]);
});

/** Fetches as the child of a schedule for `site` does. */
function fetch(
  url: string,
  limits: Partial<ScrapeLimits> = {},
  ownHost = site.host,
): Promise<FetchedPage> {
  const whole = { ...defaultLimits, ...limits };
  const clock = systemClock();
  const userAgent = 'Jackdaw/1.2.3 (+https://bird.test)';
  const http = createHttp({ clock, limits: whole, userAgent, ownHost });
  const robots = createRobots({ parent, http, limits: whole });
  return fetchPage({ clock, limits: whole, parent, http, robots, conditional: true }, url);
}

/** The failure a fetch ends with. */
async function failure(
  url: string,
  limits: Partial<ScrapeLimits> = {},
  ownHost = site.host,
): Promise<PageFailure> {
  const error: unknown = await fetch(url, limits, ownHost).catch((one: unknown) => one);
  if (!(error instanceof PageFailure)) throw new Error(`no failure but ${String(error)}`);
  return error;
}

function text({ body }: FetchedPage): string {
  return Buffer.from(body).toString();
}

describe('scrape/child/fetch-page: requests', () => {
  it('says who asks, asks leave for each request and robots.txt first', async () => {
    site.at('/a', page('<p>hello'));
    const fetched = await fetch(site.url('/a'));
    expect(text(fetched)).toBe('<p>hello');
    expect(parent.leaves).toEqual([site.url('/robots.txt'), site.url('/a')]);
    expect(site.requests.map(({ path, headers }) => [path, headers['user-agent']])).toEqual([
      ['/robots.txt', 'Jackdaw/1.2.3 (+https://bird.test)'],
      ['/a', 'Jackdaw/1.2.3 (+https://bird.test)'],
    ]);
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['gzip, gzip', (body: string) => gzipSync(gzipSync(body))],
    ['identity', (body: string) => Buffer.from(body)],
  ])('unpacks %s', async (encoding, pack) => {
    const body = '<p>packed</p>'.repeat(10_000);
    site.at('/a', page(pack(body), { 'content-encoding': encoding }));
    expect(text(await fetch(site.url('/a')))).toBe(body);
  });

  it('takes the page that is kept where the server says it has not changed', async () => {
    site.at('/a', taggedPage('<p>one', '"1"'));
    const first = await fetch(site.url('/a'));
    expect(first.keep).toEqual({
      etag: '"1"',
      lastModified: null,
      contentType: 'text/html',
      finalUrl: site.url('/a'),
      body: Buffer.from('<p>one'),
    });
    parent.pages.set(site.url('/a'), { ...(first.keep ?? never()), fetchedAtMs: 0 });
    const second = await fetch(site.url('/a'));
    expect([second.notModified, second.keep, text(second)]).toEqual([true, null, '<p>one']);
  });

  it('sends Last-Modified back, and follows a redirect to the page that is kept', async () => {
    const date = 'Sat, 21 Nov 2026 06:45:00 GMT';
    site.at('/old', sendOn('/new'));
    site.at('/new', page('<p>x', { 'last-modified': date }));
    const first = await fetch(site.url('/old'));
    parent.pages.set(site.url('/new'), { ...(first.keep ?? never()), fetchedAtMs: 0 });
    site.at('/new', status(304));
    const second = await fetch(site.url('/old'));
    expect([second.notModified, second.finalUrl, text(second)]).toEqual([
      true,
      site.url('/new'),
      '<p>x',
    ]);
    expect(site.requests.at(-1)?.headers['if-modified-since']).toBe(date);
  });

  it('asks anew where the kept page has gone meanwhile', async () => {
    site.at('/a', taggedPage('<p>one', '"1"'));
    const kept = (await fetch(site.url('/a'))).keep ?? never();
    parent.pages.set(site.url('/a'), { ...kept, fetchedAtMs: 0 });
    parent.keptPage = async () => null;
    const again = await fetch(site.url('/a'));
    expect([again.notModified, text(again)]).toEqual([false, '<p>one']);
  });

  it.each([
    ['without a validator', {}],
    ['that say no-store', { etag: '"1"', 'cache-control': 'private, no-store' }],
  ])('does not keep pages %s', async (_which, headers) => {
    site.at('/a', page('<p>x', headers));
    expect((await fetch(site.url('/a'))).keep).toBeNull();
  });
});

function never(): never {
  throw new Error('no page to keep');
}

describe('scrape/child/fetch-page: redirects', () => {
  it('follows ten, asking leave for each', async () => {
    for (let hop = 0; hop < 10; hop += 1)
      site.at(`/${String(hop)}`, sendOn(`/${String(hop + 1)}`, 301 + (hop % 3)));
    site.at('/10', page('<p>there'));
    expect((await fetch(site.url('/0'))).finalUrl).toBe(site.url('/10'));
    expect(parent.leaves).toHaveLength(12);
  });

  it.each([
    ['the eleventh', '/0', () => '/next'],
    ['a circle', '/0', () => '/0'],
  ])('gives up at %s', async (_which, start, next) => {
    site.at(start, sendOn(next()));
    site.at('/next', sendOn('/next?'));
    site.at('/next?', sendOn('/next'));
    const { reason, network, retryable } = await failure(site.url(start));
    expect([reason, network, retryable]).toEqual(['redirect', false, false]);
    expect(site.paths()).toHaveLength(11);
  });

  it.each([
    'file:///etc/passwd',
    'data:text/html,hello',
    'javascript:alert(1)',
    'ftp://x.test/',
    'http://[',
  ])('refuses to be sent on to %s', async (location) => {
    site.at('/a', sendOn(location));
    expect((await failure(site.url('/a'))).reason).toBe('redirect');
    expect(site.paths()).toEqual(['/a']);
  });

  it('refuses to be sent on to another port of this computer, and asks nothing there', async () => {
    site.at('/a', sendOn(other.url('/secret')));
    expect((await failure(site.url('/a'))).reason).toBe('redirect');
    expect(other.requests).toEqual([]);
  });

  it.each([
    'http://169.254.169.254/latest/',
    'http://[::1]:1/',
    'http://[::ffff:10.0.0.1]/',
    'http://0x7f.1:1/',
  ])('refuses the private address %s', async (location) => {
    site.at('/a', sendOn(location));
    const { reason, message } = await failure(site.url('/a'));
    expect(reason).toBe('redirect');
    expect(message).toContain('It was not asked.');
  });

  it('refuses a name that leads to this computer', async () => {
    const { port } = new URL(other.origin);
    site.at('/a', sendOn(`http://localhost:${port}/secret`));
    const { reason } = await failure(site.url('/a'));
    expect(reason).toBe('redirect');
    expect(other.requests).toEqual([]);
  });

  it('refuses a private address as the next page', async () => {
    expect((await failure(other.url('/a'))).reason).toBe('private-address');
    expect(other.requests).toEqual([]);
  });
});

describe('scrape/child/fetch-page: answers that are no page', () => {
  it.each([
    [404, false],
    [403, false],
    [410, false],
    [408, true],
    [409, false],
    [425, true],
    [429, true],
    [500, true],
    [503, true],
  ])('names %d', async (code, retryable) => {
    site.at('/a', status(code));
    expect(await failure(site.url('/a'))).toMatchObject({
      reason: `http-${String(code)}`,
      network: false,
      retryable,
      retryAfterMs: null,
      message: expect.stringContaining(`${site.url('/a')} answered ${String(code)}.`) as string,
    });
  });

  it('tells what Retry-After asks for', async () => {
    site.at('/a', status(503, { 'retry-after': '120' }));
    expect((await failure(site.url('/a'))).retryAfterMs).toBe(120_000);
  });

  it.each([
    ['120', 120_000],
    ['Sat, 21 Nov 2026 06:46:00 GMT', 60_000],
    ['Sat, 21 Nov 2026 06:00:00 GMT', 0],
    ['Saturday, 21-Nov-26 06:46:00 GMT', 60_000],
    ['Sat Nov 21 06:46:00 2026', 60_000],
    ['0', 0],
    ['86400', 86_400_000],
    ['86401', 86_400_000],
    ['9'.repeat(400), 86_400_000],
    ['Sun, 21 Nov 2027 06:46:00 GMT', 86_400_000],
    ['soon', null],
    ['-5', null],
    ['1.5', null],
    ['2027', 2_027_000],
    ['2027-11-21T06:46:00Z', null],
    ['Sat, 99 Nov 2026 06:46:00 GMT', null],
    ['', null],
    [null, null],
  ])('reads Retry-After: %s', (header, ms) => {
    expect(retryAfterMs(header, Date.parse('2026-11-21T06:45:00Z'))).toBe(ms);
  });

  it('refuses files', async () => {
    site.at('/a', page('%PDF', { 'content-type': 'application/pdf' }));
    expect((await failure(site.url('/a'))).reason).toBe('not-a-page');
  });

  it('does not take an unasked 304 for a page', async () => {
    site.at('/a', status(304));
    expect((await failure(site.url('/a'))).reason).toBe('http-304');
  });
});

describe('scrape/child/fetch-page: hostile servers', () => {
  it.each([
    ['takes the request and is silent', silence, { headersMs: 300 }],
    ['sends its headers byte by byte', slowHeaders(20), { headersMs: 300 }],
    ['stops in the middle of the page', stalledBody(), { idleMs: 300 }],
    ['sends the page byte by byte', slowBody(20), { requestMs: 400 }],
  ])('ends the wait for one that %s', async (_what, handler, limits) => {
    site.at('/a', handler);
    const startedAtMs = performance.now();
    const { reason, network, retryable } = await failure(site.url('/a'), limits);
    expect([reason, network, retryable]).toEqual(['timeout', true, true]);
    expect(performance.now() - startedAtMs).toBeLessThan(5000);
  });

  it('stops reading a page without end', async () => {
    site.at('/a', endlessBody());
    const { reason, retryable } = await failure(site.url('/a'));
    expect([reason, retryable]).toEqual(['too-large', false]);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['deflate', deflateSync],
  ])('stops unpacking a bomb in %s', async (encoding, pack) => {
    site.at('/a', page(pack(Buffer.alloc(32 * 1024 * 1024)), { 'content-encoding': encoding }));
    const before = process.memoryUsage.rss();
    expect((await failure(site.url('/a'))).reason).toBe('too-large');
    expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 1024 * 1024);
  });

  it('stops unpacking a bomb in a bomb', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(32 * 1024 * 1024)));
    expect(gunzipSync(bomb).length).toBeLessThan(100_000);
    site.at('/a', page(bomb, { 'content-encoding': 'gzip, gzip' }));
    expect((await failure(site.url('/a'))).reason).toBe('too-large');
  });

  it.each([
    ['no gzip at all', 'gzip', Buffer.from('plain'), true],
    ['gzip that is cut off', 'gzip', gzipSync('x'.repeat(5000)).subarray(0, 20), true],
    ['an unknown packing', 'lzma', Buffer.from('x'), false],
    ['four layers', 'gzip, gzip, gzip, gzip', Buffer.from('x'), false],
  ])('refuses %s', async (_what, encoding, body, retryable) => {
    site.at('/a', page(body, { 'content-encoding': encoding }));
    const found = await failure(site.url('/a'));
    expect([found.reason, found.retryable]).toEqual(['encoding', retryable]);
  });

  it('calls a page that breaks off a matter of the network', async () => {
    site.at('/a', brokenBody());
    expect(await failure(site.url('/a'))).toMatchObject({
      reason: 'reset',
      network: true,
      retryable: true,
    });
  });

  it('calls what is no HTTP a fault of the protocol', async () => {
    site.at('/a', (_request, response) => {
      response.socket?.end('hello, I am no web server\r\n\r\n');
    });
    expect((await failure(site.url('/a'))).reason).toBe('protocol');
  });

  it('refuses a certificate nobody vouches for, and says why', async () => {
    const secure = await openFaultSite(selfSigned);
    const found = await failure(secure.url('/a'), {}, secure.host);
    await secure.close();
    expect(found).toMatchObject({ reason: 'tls', network: false, retryable: false });
    expect(found.message).toContain('its certificate is self-signed');
    expect(secure.requests).toEqual([]);
  });

  it('says that nobody listens', async () => {
    await other.close();
    const found = await failure(other.url('/a'), {}, other.host);
    expect(found).toMatchObject({ reason: 'refused', network: true, retryable: true });
    expect(found.message).toContain(other.host);
  });

  it('says that a name is not known', async () => {
    const found = await failure('http://no-such-host.invalid/', {}, 'no-such-host.invalid');
    expect(found.network).toBe(true);
    expect(['dns', 'offline']).toContain(found.reason);
  });
});

describe('scrape/child/fetch-page: robots.txt', () => {
  const rules = 'User-agent: *\nDisallow: /private\n\nUser-agent: jackdaw\nDisallow: /nest\n';

  it('keeps to what it says to Jackdaw by name, and never asks for the page', async () => {
    site.at('/robots.txt', page(rules, { 'content-type': 'text/plain' }));
    site.at('/private', page('<p>open to jackdaws'));
    expect(text(await fetch(site.url('/private')))).toBe('<p>open to jackdaws');
    const { reason, retryable } = await failure(site.url('/nest/1'));
    expect([reason, retryable]).toEqual(['robots', false]);
    expect(site.paths()).toEqual(['/private']);
  });

  it('takes the one that is kept, and asks for none', async () => {
    parent.robotsKept.set(site.origin, { fetchedAtMs: 0, body: rules });
    expect((await failure(site.url('/nest'))).reason).toBe('robots');
    expect(site.requests).toEqual([]);
  });

  it('hands in what it fetched: the text, or that there is none', async () => {
    site.at('/a', page('x'));
    await fetch(site.url('/a'));
    expect(parent.robotsKept.get(site.origin)).toEqual({ fetchedAtMs: 0, body: null });
    parent.robotsKept.clear();
    site.at('/robots.txt', sendOn('/other.txt'));
    site.at('/other.txt', page(rules));
    await fetch(site.url('/a'));
    expect(parent.robotsKept.get(site.origin)?.body).toBe(rules);
  });

  it('refuses while robots.txt has a fault, which is kept nowhere', async () => {
    site.at('/robots.txt', status(503));
    site.at('/a', page('x'));
    expect(await failure(site.url('/a'))).toMatchObject({
      reason: 'robots-unreachable',
      retryable: true,
    });
    expect(site.paths()).toEqual([]);
    expect([...parent.robotsKept.keys(), ...parent.robotsFailures]).toEqual([site.origin]);
  });

  it('is asked of the host a redirect leads to as well', async () => {
    site.at('/robots.txt', page('User-agent: *\nDisallow: /b'));
    site.at('/a', sendOn('/b'));
    site.at('/b', page('x'));
    expect((await failure(site.url('/a'))).reason).toBe('robots');
    expect(site.paths()).toEqual(['/a']);
  });
});
