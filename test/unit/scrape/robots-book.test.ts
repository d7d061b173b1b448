import { describe, expect, it } from 'vitest';
import { createRobotsBook } from '../../../main/scrape/robots-book.ts';
import type { KeptRobots, RobotsShelf } from '../../../main/scrape/runner.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const origin = 'https://x.test';
const startMs = Date.parse('2026-11-21T06:45:00Z');

function setUp(shelf?: RobotsShelf) {
  const clock = virtualClock(startMs);
  const kept = new Map<string, KeptRobots>();
  const book = createRobotsBook(
    clock,
    shelf ?? {
      get: (one) => kept.get(one) ?? null,
      put: (one, robots) => {
        kept.set(one, robots);
      },
    },
  );
  const answers: string[] = [];
  const ask = (who: string): (() => void) =>
    book.ask(origin, (robots) => {
      answers.push(`${who}: ${robots === null ? 'fetch it' : String(robots.body)}`);
    });
  return { clock, kept, book, answers, ask };
}

describe('scrape/robots-book', () => {
  it('lets the first asker fetch, and answers all who wait with what it tells', () => {
    const { kept, book, answers, ask } = setUp();
    ask('a');
    ask('b');
    ask('c');
    expect(answers).toEqual(['a: fetch it']);
    book.tell(origin, { body: 'rules', failed: false });
    expect(answers).toEqual(['a: fetch it', 'b: rules', 'c: rules']);
    expect(kept.get(origin)).toEqual({ fetchedAtMs: startMs, body: 'rules' });
  });

  it('answers from the shelf for 24 hours and no longer', async () => {
    const { clock, answers, ask, kept } = setUp();
    kept.set(origin, { fetchedAtMs: startMs, body: null });
    await clock.advance(24 * 3_600_000 - 1);
    ask('a');
    await clock.advance(1);
    ask('b');
    expect(answers).toEqual(['a: null', 'b: fetch it']);
  });

  it('does not trust what was fetched in the future, before the clock was set back', () => {
    const { clock, answers, ask, kept } = setUp();
    kept.set(origin, { fetchedAtMs: startMs, body: null });
    clock.step(-60_000);
    ask('a');
    expect(answers).toEqual(['a: fetch it']);
  });

  it('lets the next one fetch where the first has failed, and keeps nothing', () => {
    const { kept, book, answers, ask } = setUp();
    ask('a');
    ask('b');
    book.tell(origin, { body: null, failed: true });
    expect(answers).toEqual(['a: fetch it', 'b: fetch it']);
    book.tell(origin, { body: null, failed: true });
    ask('c');
    expect(answers.at(-1)).toBe('c: fetch it');
    expect(kept.size).toBe(0);
  });

  it('lets the next one fetch where the fetcher has died, and forgets who waited and died', () => {
    const { answers, ask } = setUp();
    const first = ask('a');
    const second = ask('b');
    ask('c');
    second();
    first();
    expect(answers).toEqual(['a: fetch it', 'c: fetch it']);
  });

  it('goes on without a shelf that fails', () => {
    const broken = (): never => {
      throw new Error('disk full');
    };
    const { book, answers, ask } = setUp({ get: broken, put: broken });
    ask('a');
    ask('b');
    book.tell(origin, { body: 'rules', failed: false });
    expect(answers).toEqual(['a: fetch it', 'b: rules']);
  });
});
