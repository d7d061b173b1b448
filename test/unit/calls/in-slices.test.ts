import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inSlices } from '../../../main/calls/in-slices.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const items = [1, 2, 3, 4, 5];

let store: TestStore;
beforeEach(() => {
  store = openTestStore();
});
afterEach(() => {
  store.close();
});

describe('calls/in-slices', () => {
  it('makes all at once where that is quick', async () => {
    const clock = virtualClock('2026-11-20T08:00:00Z');
    const { db } = store;
    expect(await inSlices({ db, clock }, items, (item) => item * 2)).toEqual([2, 4, 6, 8, 10]);
    expect(await inSlices({ db, clock }, [], () => 1)).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  it('lets what is due go on as soon as eight milliseconds are over, and loses nothing', async () => {
    let atMs = 0;
    const went: string[] = [];
    const clock = {
      monotonic: () => atMs,
      after: (delayMs: number, ring: () => void) => {
        went.push(`others after ${String(delayMs)} ms`);
        expect(store.db.inTransaction).toBe(false);
        queueMicrotask(ring);
        return { cancel: () => undefined };
      },
    };
    const { db } = store;
    const made = await inSlices({ db, clock }, items, (item) => {
      atMs += 4;
      // What is due may write in between, and only then.
      expect(db.inTransaction).toBe(true);
      went.push(String(item));
      return item;
    });
    expect(made).toEqual(items);
    const others = 'others after 0 ms';
    expect(went).toEqual(['1', '2', others, '3', '4', others, '5']);
  });
});
