import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Backlog } from '../../../main/scheduler/backlog.ts';
import { catchUpLimit, judge, type Case } from '../../../main/scheduler/judge.ts';

const minute = 60_000;
const noon = Date.parse('2026-11-20T12:00:00Z');

/** A backlog of `count` slots a minute apart, the newest `ageMs` before noon. */
function aBacklog(count: number, ageMs: number): Backlog {
  const newest = noon - ageMs;
  const kept = Array.from(
    { length: Math.min(count, catchUpLimit + 1) },
    (_, index) => newest - index * minute,
  ).reverse();
  return {
    firstAtMs: newest - (count - 1) * minute,
    newest: [kept[0] ?? newest, ...kept.slice(1)],
    count,
  };
}

function aCase(given: Partial<Case> & { readonly backlog: Backlog }): Case {
  return {
    newestStartMs: given.backlog.newest.at(-1) ?? noon,
    nowMs: noon,
    missed: { policy: 'latest', grace: '24h' },
    open: true,
    paused: false,
    enough: false,
    mayStart: true,
    cause: 'asleep',
    ...given,
  };
}

describe('scheduler/judge', () => {
  it('adds up: every slot stands in exactly one row, whatever the policy', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 0, max: 3 * 86_400_000 }),
        fc.constantFrom('latest' as const, 'all' as const, 'skip' as const),
        fc.constantFrom('1m', '1h', '24h'),
        fc.boolean(),
        fc.boolean(),
        (count, ageMs, policy, grace, open, paused) => {
          const verdicts = judge(
            aCase({ backlog: aBacklog(count, ageMs), missed: { policy, grace }, open, paused }),
          );
          const slots = verdicts.map((verdict) => verdict.slotAtMs);
          expect(verdicts.reduce((sum, verdict) => sum + verdict.coalesced, 0)).toBe(count);
          expect(slots).toEqual([...new Set(slots)].sort((a, b) => a - b));
          expect(verdicts.filter(({ act }) => act.kind === 'run').length).toBeLessThanOrEqual(
            policy === 'all' ? catchUpLimit : 1,
          );
        },
      ),
    );
  });

  it('runs the newest hundred and records the older ones as one row under the policy all', () => {
    const verdicts = judge(
      aCase({ backlog: aBacklog(250, 5 * minute), missed: { policy: 'all', grace: '24h' } }),
    );
    expect(verdicts).toHaveLength(101);
    expect(verdicts[0]).toMatchObject({ coalesced: 150, act: { kind: 'miss', reason: 'asleep' } });
    expect(verdicts.slice(1).every(({ act }) => act.kind === 'run')).toBe(true);
  });

  it('keeps the newest that is merely late apart from the missed ones under the policy skip', () => {
    const verdicts = judge(
      aCase({ backlog: aBacklog(5, 10_000), missed: { policy: 'skip', grace: '24h' } }),
    );
    expect(verdicts.map(({ coalesced, act }) => [coalesced, act.kind])).toEqual([
      [4, 'miss'],
      [1, 'run'],
    ]);
  });

  it('counts sixty seconds as missed, and a millisecond less as late', () => {
    const skip = { policy: 'skip', grace: '24h' } as const;
    const kindAt = (ageMs: number) =>
      judge(aCase({ backlog: aBacklog(1, ageMs), missed: skip }))[0]?.act.kind;
    expect([kindAt(59_999), kindAt(60_000)]).toEqual(['run', 'miss']);
  });
});
