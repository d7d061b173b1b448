import { describe, expect, it } from 'vitest';
import { sampleAnswer, sampleItems } from '../../../main/sample/sample-site.ts';

const minutes = Array.from({ length: 600 }, (_, index) => 29_700_000 + index);

describe('sample/sample-site', () => {
  it('has one thing more and one price cut each minute, and three things gone every third', () => {
    for (const minute of minutes) {
      const before = new Map(sampleItems(minute - 1).map((item) => [item.id, item]));
      const now = sampleItems(minute);
      const ids = new Set(now.map(({ id }) => id));
      const changed = now.filter((item) => {
        const old = before.get(item.id);
        return old !== undefined && JSON.stringify(old) !== JSON.stringify(item);
      });
      expect({
        added: now.filter(({ id }) => !before.has(id)).length,
        changed: changed.length,
        cheaper: changed.every((item) => item.price < (before.get(item.id)?.price ?? 0)),
        gone: [...before.keys()].filter((id) => !ids.has(id)).length,
      }).toEqual({ added: 1, changed: 1, cheaper: true, gone: minute % 3 === 0 ? 3 : 0 });
    }
  });

  it('stays a small page, of things that differ from their neighbours', () => {
    for (const minute of minutes) {
      const items = sampleItems(minute);
      expect([10, 11, 12]).toContain(items.length);
      expect(new Set(items.map(({ name }) => name)).size).toBe(items.length);
      for (const { price } of items) expect(Math.round(price * 100) / 100).toBe(price);
    }
  });

  it('shows every thing with its link, price and place', () => {
    const [first] = sampleItems(29_700_000);
    if (first === undefined) throw new Error('the shop is empty');
    const { status, body } = sampleAnswer('/', 29_700_000);
    expect(status).toBe(200);
    expect(body).toContain(
      `<h2><a href="/things/29700000">${first.name}</a></h2>\n<p class="price">${first.price.toFixed(2)}</p>\n<p class="place">found at ${first.place}</p>`,
    );
    expect(body.match(/<article class="thing"/g)?.length).toBe(sampleItems(29_700_000).length);
  });

  it('has a page for each thing while it is for sale, and none after', () => {
    expect(sampleAnswer('/things/29700000', 29_700_000).status).toBe(200);
    expect(sampleAnswer('/things/29700000', 29_700_020).status).toBe(404);
    expect(sampleAnswer('/robots.txt', 29_700_000).status).toBe(404);
  });
});
