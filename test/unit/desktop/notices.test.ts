import { afterEach, describe, expect, it } from 'vitest';
import { followBoard } from '../../../main/desktop/board.ts';
import { gatherNotices, type Notice } from '../../../main/desktop/notices.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

const ends: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A real app with its notices gathered as the desktop gathers them. */
async function anApp(): Promise<{ readonly test: TestApp; readonly shown: Notice[] }> {
  const test = await openTestApp({ at: '2026-11-20T08:00:00Z', zone: 'UTC' });
  ends.push(() => test.stop());
  const shown: Notice[] = [];
  const notices = gatherNotices(
    test.clock,
    () => board.current(),
    (notice) => shown.push(notice),
  );
  const board = await followBoard(test.app.calls, test.app.changes, (_board, event, before) => {
    notices.hear(event, before);
  });
  ends.push(board.stop, notices.stop);
  test.app.start();
  return { test, shown };
}

describe('desktop/notices', () => {
  it('tells of several failures at once, in one notice', async () => {
    const { test, shown } = await anApp();
    test.runner.answer = { afterMs: 10, report: { outcome: 'failed', reason: 'http-404' } };
    for (const id of ['a', 'b'])
      await test.call('saveSchedule', {
        schedule: aSchedule({ id, name: id.toUpperCase(), retry: { attempts: 1 } }),
        create: true,
      });
    await test.clock.advance(30 * 60_000 + 10_000);
    expect(shown).toEqual([{ title: '2 runs failed', body: 'A, B' }]);
  });

  it('is silent about a success, unless the schedule asks', async () => {
    const { test, shown } = await anApp();
    await test.call('saveSchedule', {
      schedule: aSchedule({ id: 'quiet', name: 'Quiet' }),
      create: true,
    });
    await test.call('saveSchedule', {
      schedule: aSchedule({ id: 'loud', name: 'Loud', notify: { on: ['success'] } }),
      create: true,
    });
    await test.clock.advance(30 * 60_000 + 10_000);
    expect(shown.map(({ title }) => title)).toEqual(['Loud has run']);
  });

  it('tells once that a schedule paused itself, in place of the failure that did it', async () => {
    const { test, shown } = await anApp();
    const report = { outcome: 'failed', message: 'The site answered 500.' } as const;
    test.runner.answer = { afterMs: 10, report };
    for (const [id, name] of [
      ['posts', 'Posts'],
      ['quiet', 'Quiet'],
    ] as const)
      await test.call('saveSchedule', {
        schedule: aSchedule({
          id,
          name,
          pauseAfterFailures: id === 'posts' ? 2 : 0,
          // Even one that asked for nothing is told: it waits for a person.
          notify: { on: id === 'posts' ? [] : ['failure'] },
        }),
        create: true,
      });
    await test.clock.advance(30 * 60_000 + 20_000);
    expect(shown.splice(0)).toEqual([{ title: 'Quiet failed', body: 'The site answered 500.' }]);
    await test.clock.advance(30 * 60_000);
    expect(shown.splice(0)).toEqual([{ title: 'Posts is paused', body: 'Posts\nAlso: Quiet' }]);
    await test.clock.advance(2 * 60 * 60_000);
    expect(shown.filter(({ title }) => title.includes('Posts'))).toEqual([]);
  });

  it('says after how many failures a schedule paused itself, and what to do', async () => {
    const { test, shown } = await anApp();
    const report = { outcome: 'failed', message: 'The site answered 500.' } as const;
    test.runner.answer = { afterMs: 10, report };
    await test.call('saveSchedule', {
      schedule: aSchedule({ pauseAfterFailures: 1 }),
      create: true,
    });
    await test.clock.advance(30 * 60_000 + 20_000);
    expect(shown).toEqual([
      {
        title: 'Posts is paused',
        body: 'It failed once, the last time: The site answered 500. Resume it when the page is well again.',
      },
    ]);
  });

  it('waits for the last attempt of a run that is retried', async () => {
    const { test, shown } = await anApp();
    test.runner.answer = { afterMs: 10, report: { outcome: 'failed', retryable: true } };
    await test.call('saveSchedule', {
      schedule: aSchedule({ retry: { attempts: 2, backoff: '1m', factor: 2, max: '15m' } }),
      create: true,
    });
    await test.clock.advance(30 * 60_000 + 20_000);
    expect(shown).toEqual([]);
    await test.clock.advance(5 * 60_000);
    expect(shown.map(({ title }) => title)).toEqual(['Posts failed']);
  });
});
