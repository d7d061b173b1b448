import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calls } from '../../../contract/calls.ts';
import type { CallName } from '../../../contract/names.ts';
import type { RunReport } from '../../../main/scrape/runner.ts';
import { aReport } from '../../support/builders.ts';
import type { TestApp } from '../../support/test-app.ts';
import { benchWithHost, benchWithoutHost, fileText, type Bench } from './harness.ts';

const rows = [{ title: 'One' }, { title: '=Two, "quoted"' }];

/** What the next run reports; set by a test before it starts one. */
let report: Partial<RunReport>;
/** Whether the next run is over at once. */
let instantly: boolean;

/** Runs tell of one page half a second after their start, and end half a second later. */
function prepared({ runner, clock }: TestApp): void {
  const start = runner.start.bind(runner);
  runner.start = (job, observer) => {
    runner.answer = { afterMs: 1_000, report };
    clock.after(500, () => {
      observer.progress({ pages: 1, rows: 1 });
    });
    const active = start(job, observer);
    return instantly ? { ...active, done: Promise.resolve(aReport(report)) } : active;
  };
}

const doors = [
  ['without a host', () => Promise.resolve(benchWithoutHost(prepared))],
  ['with a host', () => benchWithHost(prepared)],
] as const;

describe.each(doors)('cli %s', (door, open) => {
  let bench: Bench;
  const hosted = door === 'with a host';

  beforeEach(async () => {
    report = { records: rows, pages: 2 };
    instantly = false;
    bench = await open();
    writeFileSync(join(bench.folder, 'posts.yaml'), fileText());
  });
  afterEach(() => bench.stop());

  const imported = () => bench.cli(['import', join(bench.folder, 'posts.yaml')]);

  it('imports a file, says what it did, and changes nothing the second time', async () => {
    expect(await imported()).toEqual({ code: 0, out: 'Added 1 schedule: posts\n', err: '' });
    expect(await imported()).toEqual({
      code: 0,
      out: 'Left unchanged 1 schedule: posts\n',
      err: '',
    });
  });

  it('imports from standard input, and only says what it would do on a dry run', async () => {
    const dry = await bench.cli(['import', '-', '--dry-run'], { stdin: fileText() });
    expect(dry.out).toBe('Would have added 1 schedule: posts\n');
    expect(await bench.json(['list'])).toEqual([]);
    await bench.cli(['import', '-', '--disabled'], { stdin: fileText() });
    expect(await bench.json(['show', 'posts'])).toMatchObject({
      id: 'posts',
      enabled: false,
      state: 'off',
    });
  });

  it('prints with --json exactly the value of each call', async () => {
    await imported();
    const printed: readonly (readonly [CallName, readonly string[]])[] = [
      ['getStatus', ['status']],
      ['listSchedules', ['list']],
      ['getSchedule', ['show', 'posts']],
      ['setEnabled', ['disable', 'posts']],
      ['setEnabled', ['enable', 'posts']],
      ['exportFile', ['export']],
      ['exportFile', ['export', 'posts']],
      ['getFileSchema', ['schema']],
      ['nextSlots', ['next', 'posts', '--count', '3']],
      [
        'nextSlots',
        ['next', '--file', join(bench.folder, 'posts.yaml'), '--after', '2026-12-01T00:00:00Z'],
      ],
      ['startRun', ['run', 'posts', '--wait']],
      ['listRuns', ['runs', 'posts', '--limit', '1']],
      ['getRunLog', ['log', '1']],
      ['listRecords', ['records', 'posts']],
      ['pause', ['pause', 'posts', '--until', '2026-12-01T00:00:00Z']],
      ['resume', ['resume', 'posts']],
      ['pause', ['pause']],
      ['resume', ['resume']],
      ['runDoctor', ['doctor']],
      ['runDoctor', ['doctor', '--ledger']],
      ['deleteSchedule', ['delete', 'posts']],
    ];
    for (const [name, argv] of printed) {
      const value = await bench.json(argv);
      const read = calls[name].output.safeParse(value);
      expect([argv, read.error?.issues ?? null, read.data]).toEqual([argv, null, value]);
    }
  });

  it('lets no control character of a page steer the terminal, and keeps it in a pipe', async () => {
    await imported();
    await bench.cli(['run', 'posts', '--wait']);
    const csv = await bench.cli(['records', 'posts', '--format', 'csv']);
    const shown = await bench.cli(['records', 'posts', '--format', 'csv'], { terminal: true });
    expect(csv.out).toContain('\r\n');
    expect(shown.out).toBe(csv.out.replaceAll('\r', ''));
  });

  it('says when a run by hand is outside the hours, and runs all the same', async () => {
    await bench.cli(['import', '-'], { stdin: fileText(['hours: { week: {} }']) });
    const { code, err } = await bench.cli(['run', 'posts', '--wait']);
    expect(code).toBe(0);
    expect(err).toBe('Its hours are closed now; it is run all the same.\n');
  });

  it('speaks to people in every command', async () => {
    await imported();
    await bench.cli(['run', 'posts', '--wait']);
    const said = async (...argv: readonly string[]) => (await bench.cli(argv)).out;
    expect(await said('list')).toMatch(
      /^ID {5}NAME {3}STATE {4}NEXT RUN.*\nposts {2}Posts {2}waiting {2}Fri 2026-11-20 08:30 \(in \d+ min\)/,
    );
    expect(await said('show', 'posts')).toMatch(
      /^Name: +Posts\n[^]*Why then: +every 30 minutes[^]*\n\nid: posts\n/,
    );
    expect(await said('next', 'posts', '--count', '1')).toMatch(
      /^posts\n {2}Fri 2026-11-20 08:30 \(in \d+ min\) {2}every 30 minutes/,
    );
    expect(await said('runs')).toMatch(
      /^RUN {2}SCHEDULE {2}SLOT +RECORDED +OUTCOME +ROWS +TOOK\n1 +posts +by hand +.* success +2 \+2 +1\.0 s/,
    );
    expect(await said('pause')).toBe('Every schedule is paused until resumed.\n');
    expect(await said('resume')).toBe('Every schedule goes on.\n');
    expect(await said('pause', 'posts', '--until', '2026-12-01T00:00:00Z')).toBe(
      'posts is paused until 2026-12-01T00:00:00Z.\n',
    );
    expect(await said('disable', 'posts')).toBe('posts is off.\n');
    expect(await said('doctor')).toMatch(/^ok {5}/);
    expect(await said('status')).toMatch(
      hosted ? /^Scheduler: +headless host/ : /^Scheduler: +no host is running/,
    );
    expect(await said('delete', 'posts')).toBe('posts is deleted.\n');
    expect(await said('list')).toBe('No schedules yet. Add the sample with: jackdaw sample\n');
  });

  it('exports the shortest file that gives the same when imported', async () => {
    await imported();
    const { out } = await bench.cli(['export', 'posts']);
    await bench.cli(['delete', 'posts']);
    await bench.cli(['import', '-'], { stdin: out });
    expect((await bench.cli(['export'])).out).toBe(out);
    expect(out).not.toContain('enabled');
  });

  it('waits for a run and prints nothing but its result into a pipe', async () => {
    await imported();
    expect(await bench.cli(['run', 'posts', '--wait'])).toEqual({
      code: 0,
      out: 'Run 1 of posts: success, 2 pages, 2 rows (2 new, 0 changed, 0 gone) in 1.0 s.\n',
      err: '',
    });
  });

  it('shows pages and rows on a terminal while it waits', async () => {
    await imported();
    const { code, err } = await bench.cli(['run', 'posts', '--wait'], { terminal: true });
    expect(code).toBe(0);
    expect(err).toMatch(/\rrunning: 1 page, 1 row…/);
  });

  it('tells how a run ended by its exit code', async () => {
    await imported();
    const codes: Record<string, number> = {};
    for (const outcome of [
      'success',
      'partial',
      'attention',
      'failed',
      'timed-out',
      'cancelled',
    ] as const) {
      report = {
        outcome,
        records: rows,
        message: outcome === 'success' ? null : `It was ${outcome}.`,
      };
      codes[outcome] = (await bench.cli(['run', 'posts', '--wait'])).code;
    }
    expect(codes).toEqual({
      success: 0,
      partial: 3,
      attention: 3,
      failed: 4,
      'timed-out': 5,
      cancelled: 6,
    });
  });

  it('sees the end of a run that was over before its start was answered', async () => {
    await imported();
    instantly = true;
    const { code, out } = await bench.cli(['run', 'posts', '--wait', '--json']);
    expect([code, JSON.parse(out)]).toEqual([
      0,
      expect.objectContaining({ state: 'ended', outcome: 'success' }),
    ]);
  });

  it('says 7 where a run could not start, because one is going on', async () => {
    await imported();
    if (!hosted) return;
    await bench.cli(['run', 'posts'], { still: true });
    const { code, out, err } = await bench.cli(['run', 'posts', '--wait', '--json'], {
      still: true,
    });
    expect([code, JSON.parse(out)]).toEqual([7, { code: 'conflict', message: err.trimEnd() }]);
    expect(err).toBe('Posts is running already; wait until it has ended, or cancel it.\n');
  });

  it('cancels a run on Ctrl-C, and ends with 6', async () => {
    await imported();
    const { code, out } = await bench.cli(['run', 'posts', '--wait', '--json'], {
      interruptible: (interrupt) => {
        bench.clock.after(200, interrupt);
      },
    });
    expect([code, JSON.parse(out)]).toEqual([6, expect.objectContaining({ outcome: 'cancelled' })]);
  });

  it('lets watchers of status tell a dead scheduler: 3 no host, 4 no tick for 90 s', async () => {
    expect((await bench.cli(['status'], { still: true })).code).toBe(hosted ? 0 : 3);
    bench.clock.sleep(91_000);
    const { code, out } = await bench.cli(['status'], { still: true });
    expect(code).toBe(hosted ? 4 : 3);
    expect(out).toMatch(hosted ? /\nLast tick: 2 min ago\n/ : /\nLast tick: none yet\n/);
  });
});
