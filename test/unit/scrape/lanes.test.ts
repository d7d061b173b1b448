import { describe, expect, it } from 'vitest';
import { createLanes, isLoopback } from '../../../main/scrape/lanes.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

function setUp(gapMs = 1000) {
  const clock = virtualClock('2026-11-21T06:45:00Z');
  const gap = { ms: gapMs };
  const lanes = createLanes(clock, () => gap.ms);
  const startMs = clock.monotonic();
  const left: string[] = [];
  const ask = (hostname: string, who: string): (() => void) =>
    lanes.ask(hostname, () => {
      left.push(`${who}@${String(clock.monotonic() - startMs)}`);
    });
  return { clock, gap, left, ask };
}

describe('scrape/lanes', () => {
  it('gives leave at once, then once a gap, in the order of asking', async () => {
    const { clock, left, ask } = setUp();
    ask('x.test', 'a');
    ask('x.test', 'b');
    ask('x.test', 'c');
    expect(left).toEqual(['a@0']);
    await clock.advance(999);
    expect(left).toEqual(['a@0']);
    await clock.advance(1001);
    expect(left).toEqual(['a@0', 'b@1000', 'c@2000']);
  });

  it('keeps the gap after a pause shorter than it, and none after a longer one', async () => {
    const { clock, left, ask } = setUp();
    ask('x.test', 'a');
    await clock.advance(400);
    ask('x.test', 'b');
    await clock.advance(5000);
    ask('x.test', 'c');
    expect(left).toEqual(['a@0', 'b@1000', 'c@5400']);
  });

  it('keeps hosts apart', () => {
    const { left, ask } = setUp();
    ask('x.test', 'a');
    ask('y.test', 'b');
    expect(left).toEqual(['a@0', 'b@0']);
  });

  it('has no gap on the loopback', () => {
    const { left, ask } = setUp();
    ask('127.0.0.1', 'a');
    ask('127.0.0.1', 'b');
    expect(left).toEqual(['a@0', 'b@0']);
  });

  it('passes over who has given up', async () => {
    const { clock, left, ask } = setUp();
    ask('x.test', 'a');
    const giveUp = ask('x.test', 'b');
    ask('x.test', 'c');
    giveUp();
    await clock.advance(3000);
    expect(left).toEqual(['a@0', 'c@1000']);
  });

  it('leaves no timer behind when all have given up', () => {
    const { clock, ask } = setUp();
    ask('x.test', 'a');
    ask('x.test', 'b')();
    expect(clock.pending()).toBe(0);
  });

  it('takes a changed gap from the next leave on', async () => {
    const { clock, gap, left, ask } = setUp();
    gap.ms = 0;
    ask('x.test', 'a');
    ask('x.test', 'b');
    gap.ms = 5000;
    ask('x.test', 'c');
    ask('x.test', 'd');
    await clock.advance(6000);
    expect(left).toEqual(['a@0', 'b@0', 'c@0', 'd@5000']);
  });

  it.each([
    ['localhost', true],
    ['app.localhost', true],
    ['127.8.8.8', true],
    ['[::1]', true],
    ['127.0.0.1.example.com', false],
    ['localhost.example.com', false],
    ['10.0.0.1', false],
  ])('knows whether %s is this computer: %s', (hostname, loopback) => {
    expect(isLoopback(hostname)).toBe(loopback);
  });
});
