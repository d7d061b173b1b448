import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../../contract/result.ts';
import type { Handlers } from '../../../main/calls/calls.ts';
import { createCalls } from '../../../main/calls/dispatch.ts';
import { median, percentile } from '../../../main/calls/figures.ts';

/** A door behind which every call does this. */
function doorTo(work: (input: unknown) => unknown) {
  const lines: string[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (event: string, fields?: object) =>
      void lines.push(`${event} ${JSON.stringify(fields)}`),
  };
  const handlers = new Proxy({}, { get: () => work }) as unknown as Handlers;
  const storeFault = (error: unknown): unknown =>
    error instanceof Error && error.message === 'SQLITE_FULL'
      ? new RefusedError('disk-full', 'The disk is full. Free some space and try again.')
      : error;
  return { calls: createCalls(handlers, log, storeFault), lines };
}

const boom = (error: unknown) => (): never => {
  throw error;
};

describe('calls/dispatch', () => {
  it('hands on the checked input with its defaults, awaiting or not', async () => {
    const echo = { id: 'posts', count: 5 };
    const { calls } = doorTo((input) => input);
    expect(await calls.invoke('nextSlots', { id: 'posts' })).toEqual({ ok: true, value: echo });
    const later = doorTo((input) => Promise.resolve(input));
    expect(await later.calls.invoke('nextSlots', { id: 'posts' })).toEqual({
      ok: true,
      value: echo,
    });
  });

  it('takes a missing input for one without fields', async () => {
    const { calls } = doorTo((input) => input);
    expect(await calls.invoke('getStatus', undefined)).toEqual({ ok: true, value: {} });
    expect(await calls.invoke('getStatus', null)).toEqual({ ok: true, value: {} });
  });

  it('never reaches the handler with a bad input, and names every fault', async () => {
    let reached = false;
    const { calls } = doorTo(() => (reached = true));
    expect(await calls.invoke('setEnabled', { id: 'Bad Id', colour: 1 })).toEqual({
      ok: false,
      code: 'invalid',
      path: 'id',
      message: 'id: use 1 to 64 lower-case letters, digits and hyphens',
      faults: [
        { path: 'id', message: 'use 1 to 64 lower-case letters, digits and hyphens' },
        { path: 'enabled', message: 'is missing; write true or false' },
        {
          path: 'colour',
          message: 'is not a field known here; check its spelling or leave it out',
        },
      ],
    });
    expect(reached).toBe(false);
  });

  it('turns a refusal into a value, without a path where it has none', async () => {
    const { calls, lines } = doorTo(boom(new RefusedError('busy', 'It is busy; try again.')));
    expect(await calls.invoke('getStatus', {})).toEqual({
      ok: false,
      code: 'busy',
      message: 'It is busy; try again.',
    });
    expect(lines).toEqual([]);
  });

  it('says what the store’s faults mean', async () => {
    const { calls } = doorTo(boom(new Error('SQLITE_FULL')));
    expect(await calls.invoke('getStatus', {})).toEqual({
      ok: false,
      code: 'disk-full',
      message: 'The disk is full. Free some space and try again.',
    });
  });

  it.each([[new TypeError('a secret of ours')], ['a thrown text'], [null]])(
    'tells nothing of %s but to the log',
    async (raised) => {
      const { calls, lines } = doorTo(boom(raised));
      const result = await calls.invoke('getStatus', {});
      expect(result).toMatchObject({ ok: false, code: 'internal' });
      expect(JSON.stringify(result)).not.toMatch(/secret|thrown/);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain('getStatus');
    },
  );

  it('refuses a rejected promise alike', async () => {
    const { calls } = doorTo(() => Promise.reject(new Error('later')));
    expect(await calls.invoke('getStatus', {})).toMatchObject({ ok: false, code: 'internal' });
  });
});

describe('calls/figures', () => {
  it('takes the nearest rank, in the order of numbers', () => {
    expect(median([])).toBeNull();
    expect(median([7])).toBe(7);
    expect(median([10, 9, 100])).toBe(10);
    expect(median([1, 2, 3, 4])).toBe(2);
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0, 0.01, 0.5, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([
      1, 1, 50, 99, 100,
    ]);
  });
});
