import { describe, expect, it } from 'vitest';
import { pageScrapeSchema } from '../../../contract/scrape.ts';
import { createRunner, type ScrapeRunner } from '../../../main/scrape/create-runner.ts';
import { memoryMark, type ChildVerdict } from '../../../main/scrape/messages.ts';
import type { ActiveRun, KeptPage, RunReport } from '../../../main/scrape/runner.ts';
import { fakeLauncher, type FakeChild } from '../../support/fake-child.ts';
import { settle, virtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

const url = 'https://x.test/';
const scrape = pageScrapeSchema.parse({ kind: 'page', url, items: 'p', fields: { a: 'b' } });

const success: ChildVerdict = {
  outcome: 'success',
  reason: null,
  message: null,
  network: false,
  retryable: false,
  retryAfterMs: null,
};

interface World {
  readonly clock: VirtualClock;
  readonly children: readonly FakeChild[];
  readonly runner: ScrapeRunner;
  readonly pages: Map<string, KeptPage>;
  readonly lines: string[];
  readonly progress: string[];
  /** Starts a run; the child that serves it is the one that heard of it. */
  readonly start: (timeoutMs?: number) => ActiveRun;
  readonly child: (index: number) => FakeChild;
}

function setUp(options: { readonly spare?: boolean; readonly brokenShelf?: boolean } = {}): World {
  const clock = virtualClock('2026-11-21T06:45:00Z');
  const { launch, children } = fakeLauncher();
  const pages = new Map<string, KeptPage>();
  const lines: string[] = [];
  const progress: string[] = [];
  const guard = (): void => {
    if (options.brokenShelf === true) throw new Error('disk full');
  };
  const runner = createRunner({
    clock,
    launch,
    pages: {
      get: (schedule, one) => {
        guard();
        return pages.get(`${String(schedule)} ${one}`) ?? null;
      },
      put: (schedule, one, page) => {
        guard();
        pages.set(`${String(schedule)} ${one}`, page);
      },
    },
    robots: { get: () => null, put: () => undefined },
    hostGapMs: () => 1000,
    userAgent: () => 'Jackdaw/1.2.3 (+https://bird.test)',
    spare: options.spare ?? false,
    limits: { rows: 3, characters: 100 },
  });
  return {
    clock,
    children,
    runner,
    pages,
    lines,
    progress,
    start: (timeoutMs = 60_000) =>
      runner.start(
        { run: 1, schedule: 7, scrape, timeoutMs },
        {
          progress: (one) => progress.push(`${String(one.pages)}/${String(one.rows)}`),
          log: (level, message) => lines.push(`${level}: ${message}`),
        },
      ),
    child: (index) => {
      const child = children[index];
      if (child === undefined) throw new Error(`no child ${String(index)}`);
      return child;
    },
  };
}

function page(records: readonly Record<string, string>[], bytes = 10) {
  return { type: 'page' as const, records, notModified: false, bytes, keep: null };
}

function keeping(body: Uint8Array) {
  const kept = { etag: null, lastModified: null, contentType: null, finalUrl: url, body };
  return { ...page([]), keep: { url, page: kept } };
}

function judged({ outcome, reason, retryable }: RunReport): readonly unknown[] {
  return [outcome, reason, retryable];
}

describe('scrape/create-runner: a run', () => {
  it('hands the task to a child when it is ready, and reports what it told', async () => {
    const { clock, start, child, progress, lines } = setUp();
    const run = start();
    const bird = child(0);
    expect(bird.heard).toEqual([]);
    bird.tell({ type: 'ready' });
    expect(bird.heard).toMatchObject([
      {
        type: 'start',
        task: { kind: 'run', scrape },
        userAgent: 'Jackdaw/1.2.3 (+https://bird.test)',
        limits: { rows: 3, redirects: 10 },
        parentPid: process.pid,
      },
    ]);
    bird.tell({ type: 'log', level: 'info', message: 'Page 1.' });
    bird.tell(page([{ a: '1' }, { a: '2' }]));
    bird.tell({ ...page([{ a: '3' }], 5), notModified: true });
    await clock.advance(1500);
    bird.tell({ type: 'end', verdict: success });
    expect(await run.done).toEqual({
      ...success,
      records: [{ a: '1' }, { a: '2' }, { a: '3' }],
      pages: 2,
      notModified: 1,
      bytes: 15,
      durationMs: 1500,
    });
    expect([progress, lines, bird.killed]).toEqual([['1/2', '2/3'], ['info: Page 1.'], true]);
    expect(clock.pending()).toBe(0);
  });

  it('ends a child at its deadline: asks first, kills 2 s later, keeps what was read', async () => {
    const { clock, start, child } = setUp();
    const run = start(60_000);
    child(0).tell({ type: 'ready' });
    child(0).tell(page([{ a: '1' }]));
    await clock.advance(59_999);
    expect(child(0).heard).toHaveLength(1);
    await clock.advance(1);
    expect([child(0).heard.at(-1), child(0).killed]).toEqual([{ type: 'end' }, false]);
    await clock.advance(2000);
    const report = await run.done;
    expect(judged(report)).toEqual(['timed-out', 'deadline', true]);
    expect(report.message).toContain('its limit of 1 min');
    expect([report.records, report.durationMs]).toEqual([[{ a: '1' }], 62_000]);
  });

  it('ends a child that never gets ready', async () => {
    const { clock, start } = setUp();
    const run = start(1000);
    await clock.advance(3000);
    expect(judged(await run.done)).toEqual(['timed-out', 'deadline', true]);
  });

  it('cancels, and is not talked out of it', async () => {
    const { start, child } = setUp();
    const run = start();
    child(0).tell({ type: 'ready' });
    run.cancel();
    child(0).tell({ type: 'end', verdict: success });
    expect(child(0).heard.at(-1)).toEqual({ type: 'end' });
    child(0).exit({ code: 0 });
    expect(judged(await run.done)).toEqual(['cancelled', 'cancelled', false]);
  });

  it('is told to stop and reports what it has read, as the hours closed', async () => {
    const { start, child } = setUp();
    const run = start();
    child(0).tell({ type: 'ready' });
    child(0).tell(page([{ a: '1' }]));
    run.stop();
    expect([child(0).heard.at(-1), child(0).killed]).toEqual([{ type: 'stop' }, false]);
    const closed = {
      ...success,
      outcome: 'partial',
      reason: 'closed',
      message: 'Closed.',
    } as const;
    child(0).tell({ type: 'end', verdict: closed });
    const report = await run.done;
    expect([report.outcome, report.reason, report.records]).toEqual([
      'partial',
      'closed',
      [{ a: '1' }],
    ]);
    run.stop();
    expect(child(0).heard).toHaveLength(2);
  });

  it('can be cancelled where it does not stop', async () => {
    const { clock, start, child } = setUp();
    const run = start();
    child(0).tell({ type: 'ready' });
    run.stop();
    run.cancel();
    await clock.advance(2000);
    expect(judged(await run.done)).toEqual(['cancelled', 'cancelled', false]);
  });

  it('ends a child at once that was told to stop before it had its task', async () => {
    const { start, child } = setUp();
    const run = start();
    run.stop();
    expect([child(0).heard, child(0).killed]).toEqual([[], true]);
    const report = await run.done;
    expect(judged(report)).toEqual(['partial', 'closed', false]);
    expect(report.message).toContain('closed before the run had read a page');
  });

  it('never gives a task to a child cancelled before it was ready', async () => {
    const { start, child } = setUp();
    const run = start();
    run.cancel();
    child(0).tell({ type: 'ready' });
    child(0).exit({ code: 0 });
    await run.done;
    expect(child(0).heard).toEqual([{ type: 'end' }]);
  });

  it('calls a child that ends by itself crashed, with the first fault it wrote', async () => {
    const { start, child } = setUp();
    const run = start();
    child(0).tell({ type: 'ready' });
    child(0).stderr('file.js:1\n  throw x\n\nTypeError: x is no bird\n    at file.js:1\n');
    child(0).exit({ code: 1 });
    const report = await run.done;
    expect(judged(report)).toEqual(['failed', 'crash', true]);
    expect(report.message).toBe(
      "The scrape's process ended by itself (code 1): TypeError: x is no bird.",
    );
  });

  it('fails, and nothing more, where no child can be launched', async () => {
    const runner = createRunner({
      clock: virtualClock('2026-11-21T06:45:00Z'),
      launch: () => {
        throw new Error('spawn EAGAIN');
      },
      pages: { get: () => null, put: () => undefined },
      robots: { get: () => null, put: () => undefined },
      hostGapMs: () => 0,
      userAgent: () => 'Jackdaw',
    });
    const job = { run: 1, schedule: 1, scrape, timeoutMs: 1000 };
    const run = runner.start(job, { progress: () => undefined, log: () => undefined });
    const report = await run.done;
    expect(judged(report)).toEqual(['failed', 'crash', true]);
    expect(report.message).toBe("The scrape's process couldn't be started: Error: spawn EAGAIN.");
    await runner.stop();
  });

  it('names the signal of a child that was killed', async () => {
    const { start, child } = setUp();
    const run = start();
    child(0).exit({ signal: 'SIGSEGV' });
    expect((await run.done).message).toBe("The scrape's process ended by itself (signal SIGSEGV).");
  });

  it.each([
    ["the watchdog's cap", memoryMark],
    [
      "V8's own",
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    ],
  ])('tells a memory overrun from a crash: %s', async (_whose, text) => {
    const { start, child } = setUp();
    const run = start();
    child(0).stderr(`${text}\n`);
    child(0).exit({ signal: 'SIGKILL' });
    expect(judged(await run.done)).toEqual(['failed', 'memory', false]);
  });

  it.each<[string, unknown]>([
    ['no message at all', 'hello'],
    ['an unknown type', { type: 'eval', code: '1' }],
    ['a record with an object in it', page([{ a: { b: 'c' } as unknown as string }])],
    ['an outcome there is not', { type: 'end', verdict: { ...success, outcome: 'cancelled' } }],
    ['a reason with a blank', { type: 'end', verdict: { ...success, reason: 'no way' } }],
    ['the answer to another task', { type: 'tried', tryOut: {}, page: null }],
    ['more rows than a run may have', page([{ a: '1' }, { a: '2' }, { a: '3' }, { a: '4' }])],
    ['more text than a run may have', page([{ a: 'x'.repeat(201) }])],
    ['a body too large to keep', keeping(new Uint8Array(2 * 1024 * 1024 + 1))],
    ['a body that is no bytes', { ...page([]), keep: { url, page: { body: 'x' } } }],
  ])('kills a child that says %s', async (_what, message) => {
    const { start, child } = setUp();
    const run = start();
    child(0).tell({ type: 'ready' });
    child(0).say(message);
    expect(child(0).killed).toBe(true);
    expect(judged(await run.done)).toEqual(['failed', 'crash', false]);
  });

  it('keeps a body that is just not too large', () => {
    const { start, child, pages } = setUp();
    start();
    child(0).tell({ type: 'ready' });
    child(0).tell(keeping(new Uint8Array(2 * 1024 * 1024)));
    expect([child(0).killed, pages.size]).toEqual([false, 1]);
  });

  it('kills a child that tells more pages than its scrape may read', () => {
    const { start, child } = setUp();
    start();
    child(0).tell({ type: 'ready' });
    for (let told = 0; told < scrape.maxPages; told += 1) child(0).tell(page([]));
    expect(child(0).killed).toBe(false);
    child(0).tell(page([]));
    expect(child(0).killed).toBe(true);
  });

  it('kills a child that keeps its parent busy with messages, or with its error stream', () => {
    const { start, child } = setUp();
    start();
    child(0).tell({ type: 'ready' });
    for (let told = 1; told < 6000; told += 1) child(0).tell({ type: 'ready' });
    expect(child(0).killed).toBe(false);
    child(0).tell({ type: 'ready' });
    expect(child(0).killed).toBe(true);
    start();
    for (let written = 0; written < 1000; written += 1) child(1).stderr('x'.repeat(1000));
    expect(child(1).killed).toBe(false);
    child(1).stderr('x');
    expect(child(1).killed).toBe(true);
  });

  it('kills a spare that says more than that it is ready', () => {
    const { runner, child } = setUp();
    runner.warm();
    child(0).tell({ type: 'ready' });
    expect(child(0).killed).toBe(false);
    child(0).tell({ type: 'ready' });
    expect(child(0).killed).toBe(true);
  });

  it('leaves out the log of a child that never stops talking', async () => {
    const { start, child, lines } = setUp();
    const run = start();
    for (let line = 0; line < 3000; line += 1)
      child(0).tell({ type: 'log', level: 'info', message: 'x'.repeat(5000) });
    run.cancel();
    child(0).exit();
    await run.done;
    expect([lines.length, lines[0]?.length, lines.at(-1)]).toEqual([
      2000,
      2006,
      'warning: The run has more to say; the rest is left out.',
    ]);
  });
});

describe('scrape/create-runner: what a child asks for', () => {
  it("gives leave in the host's lane, across runs", async () => {
    const { clock, start, child } = setUp();
    start();
    start();
    for (const index of [0, 1]) child(index).tell({ type: 'ready' });
    child(0).tell({ type: 'leave', id: 1, url, conditional: false });
    child(1).tell({ type: 'leave', id: 1, url: `${url}other`, conditional: false });
    const leave = { type: 'leave', id: 1, etag: null, lastModified: null };
    expect([child(0).heard.at(-1), child(1).heard.length]).toEqual([leave, 1]);
    await clock.advance(1000);
    expect(child(1).heard.at(-1)).toEqual(leave);
  });

  it('gives the place of a dead child in the lane to the next', async () => {
    const { clock, start, child } = setUp();
    start();
    const dying = start();
    start();
    for (const index of [0, 1, 2]) {
      child(index).tell({ type: 'ready' });
      child(index).tell({ type: 'leave', id: 1, url, conditional: false });
    }
    child(1).exit({ code: 1 });
    await dying.done;
    await clock.advance(1000);
    expect(child(2).heard.at(-1)).toMatchObject({ type: 'leave' });
  });

  it('keeps pages by schedule, gives their validators and their bodies', () => {
    const { clock, start, child, pages } = setUp();
    start();
    const bird = child(0);
    bird.tell({ type: 'ready' });
    const kept = {
      etag: '"1"',
      lastModified: null,
      contentType: 'text/html',
      finalUrl: url,
      body: new Uint8Array([1, 2]),
    };
    bird.tell({ ...page([]), keep: { url, page: kept } });
    const stored = { ...kept, fetchedAtMs: clock.now() };
    expect([...pages]).toEqual([[`7 ${url}`, stored]]);
    bird.tell({ type: 'leave', id: 1, url, conditional: true });
    bird.tell({ type: 'kept-page', id: 2, url });
    bird.tell({ type: 'kept-page', id: 3, url: `${url}none` });
    expect(bird.heard.slice(1)).toEqual([
      { type: 'leave', id: 1, etag: '"1"', lastModified: null },
      { type: 'kept-page', id: 2, page: stored },
      { type: 'kept-page', id: 3, page: null },
    ]);
    bird.tell({ type: 'kept-page', id: 4, url });
    expect(bird.heard.at(-1)).toEqual({ type: 'kept-page', id: 4, page: null });
  });

  it('goes on without a shelf that fails, and warns', () => {
    const { start, child, lines } = setUp({ brokenShelf: true });
    start();
    child(0).tell({ type: 'ready' });
    child(0).tell({ type: 'leave', id: 1, url, conditional: true });
    expect(child(0).heard.at(-1)).toEqual({ type: 'leave', id: 1, etag: null, lastModified: null });
    expect(lines).toEqual([expect.stringContaining('(disk full)')]);
  });

  it('has robots.txt fetched by one child for all', () => {
    const { clock, start, child } = setUp();
    start();
    start();
    for (const index of [0, 1]) {
      child(index).tell({ type: 'ready' });
      child(index).tell({ type: 'robots', id: 1, origin: 'https://x.test' });
    }
    expect(child(0).heard.at(-1)).toEqual({ type: 'robots', id: 1, robots: null });
    expect(child(1).heard).toHaveLength(1);
    child(0).tell({ type: 'robots-read', origin: 'https://x.test', body: 'r', failed: false });
    const robots = { body: 'r', fetchedAtMs: clock.now() };
    expect(child(1).heard.at(-1)).toEqual({ type: 'robots', id: 1, robots });
  });
});

describe('scrape/create-runner: the spare', () => {
  it('starts no child before it is needed', () => {
    expect(setUp({ spare: true }).children).toEqual([]);
  });

  it('begins one when a child is taken, which keeps nothing alive and serves the next run', () => {
    const { start, child, children } = setUp({ spare: true });
    start();
    expect([children.length, child(0).held, child(1).held]).toEqual([2, true, false]);
    child(1).tell({ type: 'ready' });
    start();
    expect([children.length, child(1).held]).toEqual([3, true]);
    expect(child(1).heard).toMatchObject([{ type: 'start' }]);
  });

  it('can be begun ahead, once', () => {
    const { runner, children } = setUp({ spare: true });
    runner.warm();
    runner.warm();
    expect(children).toHaveLength(1);
  });

  it('is replaced by a new one only when needed, where it died', () => {
    const { runner, start, child, children } = setUp({ spare: true });
    runner.warm();
    child(0).exit({ code: 1 });
    expect(children).toHaveLength(1);
    start();
    expect(children).toHaveLength(3);
  });

  it('is none where the parts say so', () => {
    const { start, children } = setUp({ spare: false });
    start();
    expect(children).toHaveLength(1);
  });
});

describe('scrape/create-runner: try-outs', () => {
  const tryOut = {
    faults: [],
    url,
    title: null,
    columns: [],
    rows: [],
    total: 0,
    next: null,
    message: null,
  };
  const carried = { contentType: 'text/html', finalUrl: url, body: new Uint8Array([1]) };

  it('uses one child for several, hands it the page it fetched, and ends it after a minute', async () => {
    const { clock, runner, child, children } = setUp();
    const first = runner.tryPage(scrape, { refresh: false });
    await settle();
    child(0).tell({ type: 'ready' });
    child(0).tell({ type: 'tried', tryOut, page: carried });
    expect(await first).toEqual(tryOut);
    expect([child(0).held, child(0).killed]).toEqual([false, false]);
    const second = runner.tryPage(scrape, { refresh: false });
    await settle();
    expect([children.length, child(0).held]).toEqual([1, true]);
    expect(child(0).heard.at(-1)).toMatchObject({
      type: 'start',
      task: { kind: 'try', page: carried },
    });
    child(0).tell({ type: 'tried', tryOut, page: carried });
    await second;
    await clock.advance(59_999);
    expect(child(0).killed).toBe(false);
    await clock.advance(1);
    expect(child(0).killed).toBe(true);
  });

  it('fetches anew after 5 minutes', async () => {
    const { clock, runner, child } = setUp();
    const first = runner.tryPage(scrape, { refresh: false });
    await settle();
    child(0).tell({ type: 'ready' });
    child(0).tell({ type: 'tried', tryOut, page: carried });
    await first;
    await clock.advance(300_000);
    void runner.tryPage(scrape, { refresh: false });
    await settle();
    child(1).tell({ type: 'ready' });
    expect(child(1).heard.at(-1)).toMatchObject({ task: { kind: 'try', page: null } });
  });

  it('says that the page was not read within 20 seconds', async () => {
    const { clock, runner, child } = setUp();
    const tried = runner.tryPage(scrape, { refresh: false });
    await settle();
    child(0).tell({ type: 'ready' });
    await clock.advance(22_000);
    expect((await tried).message).toBe(
      "The page couldn't be read within 20 seconds. Try again later.",
    );
    expect(child(0).killed).toBe(true);
  });

  it('suspects the patterns where the page was at hand', async () => {
    const { clock, runner, child } = setUp();
    const first = runner.tryPage(scrape, { refresh: false });
    await settle();
    child(0).tell({ type: 'ready' });
    child(0).tell({ type: 'tried', tryOut, page: carried });
    await first;
    const second = runner.tryPage(scrape, { refresh: false });
    await clock.advance(22_000);
    expect((await second).message).toContain('one of the patterns may be too greedy');
  });

  it.each([
    ['crashes', (bird: FakeChild) => bird.exit({ code: 1 })],
    ['reports a run', (bird: FakeChild) => bird.tell({ type: 'end', verdict: success })],
  ])('says so where the child %s', async (_what, act) => {
    const { runner, child } = setUp();
    const tried = runner.tryPage(scrape, { refresh: false });
    await settle();
    child(0).tell({ type: 'ready' });
    act(child(0));
    expect((await tried).message).toBe(
      'The process that read the page ended by itself. Try again.',
    );
  });

  it('has two at once at most', async () => {
    const { runner, child, children } = setUp();
    const tries = ['a', 'b', 'c'].map((one) =>
      runner.tryPage({ ...scrape, url: `${url}${one}` }, { refresh: false }),
    );
    await settle();
    expect(children).toHaveLength(2);
    child(0).tell({ type: 'ready' });
    child(0).tell({ type: 'tried', tryOut, page: null });
    await tries[0];
    await settle();
    expect(child(0).heard.at(-1)).toMatchObject({ task: { url: `${url}c` } });
  });
});

describe('scrape/create-runner: stop', () => {
  it('cancels every run, waits for the reports, ends the spare and begins nothing more', async () => {
    const { clock, runner, start, child, children } = setUp({ spare: true });
    const run = start();
    child(0).tell({ type: 'ready' });
    let isStopped = false;
    const stopping = runner.stop().then(() => {
      isStopped = true;
    });
    await settle();
    expect([child(0).heard.at(-1), isStopped]).toEqual([{ type: 'end' }, false]);
    await clock.advance(2000);
    await stopping;
    expect(judged(await run.done)).toEqual(['cancelled', 'cancelled', false]);
    expect(children.map(({ killed }) => killed)).toEqual([true, true]);
    expect(judged(await start().done)).toEqual(['cancelled', 'cancelled', false]);
    const tried = await runner.tryPage(scrape, { refresh: false });
    expect([tried.message, children.length]).toEqual(['Jackdaw is ending.', 2]);
  });

  it('is done at once where nothing runs', async () => {
    const { runner, children } = setUp({ spare: true });
    await runner.stop();
    runner.warm();
    expect(children).toEqual([]);
  });
});
