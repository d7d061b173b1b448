import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../main/scheduler/book.ts';
import { createTeller } from '../../../main/scheduler/teller.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const numbers = Array.from({ length: 120 }, (_, index) => index + 1);

/** A teller of a host with 120 schedules, and what it has told, in order. */
function aTeller() {
  const clock = virtualClock('2026-11-20T08:00:00Z');
  const told: string[] = [];
  const tell = (what: string) => (number: number) => {
    told.push(`${what} ${String(number)}`);
  };
  const schedule = ({ stored }: Entry): void => {
    tell('schedule')(stored.number);
  };
  const announce = { run: tell('run'), slot: tell('slot'), schedule };
  const get = (number: number): Entry | undefined =>
    number > numbers.length ? undefined : ({ stored: { number } } as Entry);
  return { clock, told, teller: createTeller(clock, announce, { get }) };
}

describe('scheduler/teller', () => {
  it('tells nothing before it is asked to, then each once, in the order they were noted', () => {
    const { told, teller } = aTeller();
    teller.run(1);
    teller.schedules([7]);
    teller.slot(2);
    teller.run(1);
    expect(told).toEqual([]);
    teller.flush();
    teller.flush();
    expect(told).toEqual(['run 1', 'schedule 7', 'slot 2']);
  });

  it('tells of many a slice at a time, and lets what is due in between', async () => {
    const { clock, told, teller } = aTeller();
    teller.schedules(numbers);
    teller.flush();
    expect(told).toHaveLength(50);
    await clock.advance(0);
    expect(told).toEqual(numbers.map((number) => `schedule ${String(number)}`));
    expect(clock.pending()).toBe(0);
  });

  it('tells what has just happened before what is left of a burst, and not once more with it', async () => {
    const { clock, told, teller } = aTeller();
    teller.schedules(numbers);
    teller.flush();
    teller.schedules([100]);
    teller.flush();
    expect(told.slice(50)).toEqual(['schedule 100']);
    await clock.advance(0);
    expect(told).toHaveLength(120);
    expect(new Set(told).size).toBe(120);
  });

  it('tells nothing of a schedule that is gone, and forgets what is left when it ends', async () => {
    const { clock, told, teller } = aTeller();
    teller.schedules([121]);
    teller.flush();
    expect(told).toEqual([]);
    teller.schedules(numbers);
    teller.flush();
    teller.stop();
    await clock.advance(0);
    expect(told).toHaveLength(50);
  });
});
