import { describe, expect, it } from 'vitest';
import type { WaitingRetry } from '../../../main/scheduler/actions.ts';
import { decide, judgedAtOnce, resume } from '../../../main/scheduler/decide.ts';
import { judgeEnd } from '../../../main/scheduler/judge-end.ts';
import { nextActMs } from '../../../main/scheduler/next-act.ts';
import { aQueuedRun, pureState, started, type Put } from '../../support/pure-state.ts';

const minute = 60_000;
const eight = Date.parse('2026-11-20T08:00:00Z');
const halfPast = eight + 30 * minute;
const failed = { outcome: 'failed', reason: 'http-500', message: 'It answered 500.' } as const;
const after = (schedule: string, on: 'success' | 'failure'): Put => ({
  trigger: undefined,
  after: { schedule, on },
});

function aRetry(given: Partial<WaitingRetry> & Pick<WaitingRetry, 'slot'>): WaitingRetry {
  return {
    ...{ slotAtMs: eight, schedule: 1, attempts: 1, offlineAttempts: 0, waitsFor: null },
    ...{ atMs: halfPast + 60 * minute, notBeforeMs: 0, end: failed },
    ...given,
  };
}

describe('scheduler/decide', () => {
  it('answers the same to the same state, and changes nothing of it', () => {
    const { state } = pureState(eight, [{}, {}]);
    const first = decide(state, halfPast);
    expect(first).toHaveLength(2);
    expect(decide(state, halfPast)).toEqual(first);
    expect(nextActMs(state, eight)).toBe(halfPast);
    expect(decide(state, halfPast - 1)).toEqual([]);
  });

  it('sets a schedule aside whose slots can’t be judged, and judges the others', () => {
    const { state, take } = pureState(eight, [{}, {}, {}]);
    const entry = state.book.get(2);
    if (entry === undefined) throw new Error('it was put in');
    // A grace that no schema lets in: the judgement itself throws.
    const missed = { policy: 'latest', grace: 'never' } as const;
    const document = { ...entry.stored.document, missed };
    state.book.put({ ...entry.stored, document, handledUntilMs: eight - 120 * minute });
    const nowMs = eight + 5 * minute;
    const actions = decide(state, nowMs);
    expect(actions).toEqual([
      { kind: 'set-aside', schedule: 2, fault: expect.stringContaining('never') as string },
    ]);
    take(actions);
    expect(state.book.get(2)).toMatchObject({
      nextStartMs: null,
      fault: expect.any(String) as string,
    });
    expect(decide(state, halfPast).map(({ kind }) => kind)).toEqual(['enter', 'enter']);
  });

  it('judges as many schedules as go into one transaction, and the rest in the next', () => {
    const { rounds, ledger } = pureState(
      eight,
      Array.from({ length: judgedAtOnce + 1 }, () => ({})),
    );
    const [first, second, ...others] = rounds(halfPast);
    expect(first?.map((action) => action.kind === 'enter' && action.schedule)).toEqual(
      Array.from({ length: judgedAtOnce }, (_, index) => index + 1),
    );
    expect(second).toMatchObject([{ kind: 'enter', schedule: judgedAtOnce + 1 }]);
    expect(others.map((actions) => started(actions))).toEqual([[1, 2]]);
    expect(ledger.rows()).toHaveLength(judgedAtOnce + 1);
  });
});

describe('scheduler/decide: pauses that end', () => {
  const until = (untilMs: number) => ({ untilMs, why: 'user' as const });

  it('ends one of a schedule and one of all, each as of its own end', () => {
    const { rounds, ledger, state } = pureState(
      eight,
      [{ stored: { pause: until(eight + 40 * minute) } }, {}],
      { pause: until(eight + 70 * minute) },
    );
    const nowMs = eight + 95 * minute;
    const kinds = rounds(nowMs)
      .flat()
      .flatMap((action) => (action.kind === 'resume' ? [[action.schedule, action.atMs]] : []));
    expect(kinds).toEqual([
      [null, eight + 70 * minute],
      [1, eight + 40 * minute],
    ]);
    expect([state.pause, state.book.get(1)?.stored.pause]).toEqual([null, null]);
    // 8:30 and 9:00 were paused for both; 9:30 comes after both pauses.
    expect(
      ledger.rows().map((row) => [row.id, row.coalesced, row.reason, row.slotAtMs - eight]),
    ).toEqual([
      ['s1', 2, 'paused', 60 * minute],
      ['s2', 2, 'paused', 60 * minute],
      ['s1', 1, null, 90 * minute],
      ['s2', 1, null, 90 * minute],
    ]);
  });

  it('lets a longer pause of one hold when that of all ends', () => {
    const { rounds, ledger } = pureState(
      eight,
      [{ stored: { pause: until(eight + 300 * minute) } }, {}],
      { pause: until(eight + 10 * minute) },
    );
    rounds(halfPast);
    expect(ledger.rows().map(({ id, reason }) => [id, reason])).toEqual([
      ['s1', 'paused'],
      ['s2', null],
    ]);
  });

  it('catches nothing up when a person resumes', () => {
    const { state, take, rounds } = pureState(eight, [{}], {
      pause: { untilMs: null, why: 'user' },
    });
    const nowMs = eight + 45 * minute;
    take(resume(state, null, nowMs));
    expect(rounds(nowMs)).toEqual([]);
    expect(state.book.get(1)?.nextAtMs).toBe(eight + 60 * minute);
  });
});

describe('scheduler/decide: retries', () => {
  it('tries one whose time has come, once', () => {
    const retry = aRetry({ slot: 7, atMs: eight + minute });
    const { state, take } = pureState(eight, [{}], { retries: [retry] });
    expect(nextActMs(state, eight)).toBe(eight + minute);
    const actions = decide(state, eight + minute);
    expect(actions).toEqual([{ kind: 'retry', retry, atMs: eight + minute }]);
    take(actions);
    expect(decide(state, eight + minute)).toMatchObject([
      { kind: 'start', item: { slot: 7, attempt: 2 } },
    ]);
  });

  it('gives several of one schedule up together where a new slot comes, and counts each', () => {
    const retries = [aRetry({ slot: 7 }), aRetry({ slot: 8 }), aRetry({ slot: 9 })];
    const { state, rounds } = pureState(eight, [{ pauseAfterFailures: 3 }], { retries });
    const [actions = []] = rounds(halfPast);
    expect(actions.map(({ kind }) => kind)).toEqual([
      ...['finish', 'note', 'finish', 'note', 'finish', 'note'],
      'enter',
    ]);
    expect(state.book.get(1)?.stored).toMatchObject({
      failures: 3,
      pause: { untilMs: null, why: 'failures' },
    });
    expect([...state.retries.all()]).toEqual([]);
  });

  it('gives up what has waited for the network long enough, and tries the rest when it is back', () => {
    const offline = { outcome: 'failed', reason: 'offline', message: null } as const;
    const given = aRetry({ slot: 7, waitsFor: 'network', atMs: eight + minute, end: offline });
    const waiting = aRetry({ slot: 8, schedule: 2, waitsFor: 'network', end: offline });
    const { state, rounds, look } = pureState(eight, [{}, {}], {
      retries: [given, waiting],
      situation: { hasAddress: false },
    });
    expect(rounds(eight + minute).flat()).toEqual([
      { kind: 'finish', slot: 7, schedule: 1, end: offline },
    ]);
    expect(state.book.get(1)?.stored.failures).toBe(0);
    look({ hasAddress: true });
    expect(started(rounds(eight + 2 * minute).flat())).toEqual([2]);
  });

  it('fires a chain of three, begun by a retry that was given up', () => {
    const schedules = [{}, after('s1', 'failure'), after('s2', 'success'), after('s3', 'success')];
    const { state, take, rounds, ledger } = pureState(eight, schedules, {
      retries: [aRetry({ slot: 7 })],
    });
    const end = (nowMs: number): void => {
      for (const { item, startedAtMs } of [...state.queue.going()]) {
        state.ended(item.run);
        const succeeded = { outcome: 'success', reason: null, message: null } as const;
        const rest = { retryable: false, retryAfterMs: null, isChange: false };
        const ended = { item, startedAtMs, end: succeeded, ...rest };
        take(judgeEnd(state, state.book.get(item.schedule), ended, nowMs));
      }
      rounds(nowMs);
    };
    rounds(halfPast);
    end(halfPast + minute);
    end(halfPast + 2 * minute);
    end(halfPast + 3 * minute);
    expect(ledger.rows().map(({ id, slotAtMs }) => [id, (slotAtMs - halfPast) / minute])).toEqual([
      ['s2', 0],
      ['s1', 0],
      ['s3', 1],
      ['s4', 2],
    ]);
    expect(ledger.rows().every(({ outcome }) => outcome === 'success')).toBe(true);
  });
});

describe('scheduler/decide: the close of the hours', () => {
  const hours = { week: { fri: ['08:00-09:00'] } };

  it('asks to stop at the close, and ends it a minute later; finish is told nothing', () => {
    const { state, rounds } = pureState(eight, [
      { hours, atClose: 'stop' },
      { hours, atClose: 'finish' },
    ]);
    rounds(halfPast);
    expect(nextActMs(state, halfPast)).toBe(eight + 60 * minute);
    const closed = eight + 60 * minute;
    expect(rounds(closed).flat()).toEqual([{ kind: 'close', run: 1, how: 'stop', atMs: closed }]);
    expect(nextActMs(state, closed)).toBe(closed + minute);
    expect(rounds(closed + minute).flat()).toEqual([
      { kind: 'close', run: 1, how: 'abort', atMs: closed + minute },
    ]);
    expect(rounds(closed + 2 * minute)).toEqual([]);
  });
});

describe('scheduler/decide: starts after a wake', () => {
  const remote = (host: string): Put => ({
    scrape: { kind: 'page', url: `http://${host}/`, fields: { title: 'h2' } },
  });
  const wokeAtMs = halfPast + 5 * minute;

  it('waits ten seconds for an address, and then keeps two seconds between starts', () => {
    const { state, rounds } = pureState(
      eight,
      [remote('a.test'), remote('b.test'), remote('c.test'), {}],
      { situation: { wokeAtMs, hasAddress: false } },
    );
    expect(started(rounds(wokeAtMs).flat())).toEqual([4]);
    expect(nextActMs(state, wokeAtMs)).toBe(wokeAtMs + 1_000);
    expect(rounds(wokeAtMs + 9_999)).toEqual([]);
    expect(started(rounds(wokeAtMs + 10_000).flat())).toEqual([1]);
    expect(nextActMs(state, wokeAtMs + 10_000)).toBe(wokeAtMs + 12_000);
    expect(rounds(wokeAtMs + 11_999)).toEqual([]);
    expect(started(rounds(wokeAtMs + 12_000).flat())).toEqual([2]);
  });

  it('goes on as soon as the address is there', () => {
    const { rounds, look } = pureState(eight, [remote('a.test'), remote('b.test')], {
      situation: { wokeAtMs, hasAddress: false },
    });
    expect(started(rounds(wokeAtMs).flat())).toEqual([]);
    look({ hasAddress: true });
    expect(started(rounds(wokeAtMs + 1_000).flat())).toEqual([1]);
    expect(started(rounds(wokeAtMs + 3_000).flat())).toEqual([2]);
  });
});

describe('scheduler/decide: the line', () => {
  it('gives no schedule a second turn before another that waits has had its own', () => {
    const all: Put = { missed: { policy: 'all', grace: '24h' } };
    const { state, rounds } = pureState(eight, [all, all], { situation: { concurrency: 1 } });
    const nowMs = eight + 95 * minute;
    const order: number[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      order.push(...started(rounds(nowMs).flat()));
      for (const { item } of [...state.queue.going()]) state.ended(item.run);
    }
    expect(order).toEqual([1, 2, 1, 2, 1, 2]);
  });

  it('starts nothing of slots where no scheduler runs, and still what a person has queued', () => {
    const { state, rounds } = pureState(eight, [{}], { situation: { mayStart: false } });
    expect(rounds(halfPast)).toEqual([]);
    const item = aQueuedRun({ run: 1, slot: null, slotAtMs: null });
    const manual = { kind: 'enter-manual', schedule: 1, atMs: halfPast } as const;
    state.apply(manual, { queued: [item], ended: [] });
    expect(started(rounds(halfPast).flat())).toEqual([1]);
  });
});
