import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPage, writePage } from '../../../main/store/pages.ts';
import { readRobots, writeRobots } from '../../../main/store/robots.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';

let store: TestStore;

beforeEach(() => {
  store = openTestStore();
  store.schedule({ id: 'one' });
  store.schedule({ id: 'two' });
});
afterEach(() => {
  store.close();
});

const page = {
  etag: '"abc"',
  lastModified: 'Sat, 21 Nov 2026 07:00:00 GMT',
  contentType: 'text/html; charset=windows-1252',
  finalUrl: 'http://a.test/posts/',
  body: Buffer.from([0x00, 0xff, 0xe4, 0x0a, ...Buffer.from('<h1>ä</h1>'.repeat(500))]),
  fetchedAtMs: 1_795_000_000_000,
};

describe('store/pages', () => {
  it('gives a page back byte for byte', () => {
    writePage(store.db, 1, 'http://a.test/', page);
    expect(readPage(store.db, 1, 'http://a.test/')).toEqual(page);
  });

  it('keeps it in less room than it has', () => {
    writePage(store.db, 1, 'http://a.test/', page);
    const bytes = store.db.prepare('SELECT length(body) FROM pages').pluck().get();
    expect(Number(bytes)).toBeLessThan(page.body.length / 10);
  });

  it('keeps the newest of one address, whole', () => {
    writePage(store.db, 1, 'http://a.test/', page);
    const next = {
      ...page,
      etag: null,
      lastModified: null,
      contentType: null,
      body: Buffer.alloc(0),
    };
    writePage(store.db, 1, 'http://a.test/', next);
    expect(readPage(store.db, 1, 'http://a.test/')).toEqual(next);
  });

  it('keeps schedules and addresses apart', () => {
    writePage(store.db, 1, 'http://a.test/', page);
    expect(readPage(store.db, 2, 'http://a.test/')).toBeNull();
    expect(readPage(store.db, 1, 'http://a.test/?page=2')).toBeNull();
  });
});

describe('store/robots', () => {
  it('keeps the newest robots.txt of an origin; one that isn’t there is kept as such', () => {
    expect(readRobots(store.db, 'http://a.test')).toBeNull();
    const first = { fetchedAtMs: 1_000, body: 'User-agent: *\nDisallow: /private' };
    writeRobots(store.db, 'http://a.test', first);
    writeRobots(store.db, 'http://b.test', { fetchedAtMs: 1_500, body: '' });
    expect(readRobots(store.db, 'http://a.test')).toEqual(first);
    writeRobots(store.db, 'http://a.test', { fetchedAtMs: 2_000, body: null });
    expect(readRobots(store.db, 'http://a.test')).toEqual({ fetchedAtMs: 2_000, body: null });
    expect(readRobots(store.db, 'http://b.test')).toEqual({ fetchedAtMs: 1_500, body: '' });
  });
});
