import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statusSchema } from '../../../contract/views.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { aFolder, aSchedule } from '../../support/builders.ts';
import { openFaultSite, silence, type FaultSite } from '../../support/fault-site.ts';
import { makeReadOnly } from '../../support/hostile-folder.ts';
import { programPath } from '../../support/programs.ts';

let folder: string;
let remove: () => void;
let child: ChildProcess | null = null;
let temporary: ReturnType<typeof aFolder>;
let site: FaultSite;

beforeEach(async () => {
  ({ path: folder, remove } = aFolder());
  temporary = aFolder();
  site = await openFaultSite();
});
afterEach(async () => {
  child?.kill('SIGKILL');
  child = null;
  await site.close();
  temporary.remove();
  remove();
});

/** Starts the headless host; answers how to call it. */
async function host(): Promise<(name: string, input: unknown) => Promise<unknown>> {
  const started = spawn(
    process.execPath,
    [programPath('headless'), '--no-browser', '--data-dir', folder],
    {
      env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: temporary.path },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  child = started;
  let said = '';
  const link = await new Promise<URL>((done, fail) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /http:\S+/.exec(said);
      if (found !== null) done(new URL(found[0]));
    };
    started.stdout.on('data', hear);
    started.stderr.on('data', hear);
    started.once('exit', () => {
      fail(new Error(`the host ended: ${said}`));
    });
  });
  return async (name, input) => {
    const response = await fetch(`${link.origin}/api/${name}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${link.hash.replace('#token=', '')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(input),
    });
    return (await response.json()) as unknown;
  };
}

/** The processes that a process has started, by what Linux tells. */
function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const [, rest = ''] = readFileSync(`/proc/${name}/stat`, 'utf8').split(/\) (?=.)/);
        return Number(rest.split(' ')[1]) === pid;
      } catch {
        return false;
      }
    })
    .map(Number);
}

const isLinux = process.platform === 'linux';

describe('the host as a process', () => {
  it.skipIf(!isLinux)(
    'ends within 10 s of SIGTERM though its run’s process answers nothing any more',
    async () => {
      site.at('/robots.txt', (_request, response) => {
        response.writeHead(404).end();
      });
      site.at('/hung', silence);
      const call = await host();
      const { scrape } = aSchedule();
      const schedule = aSchedule({
        trigger: { kind: 'cron', expression: '@yearly' },
        scrape: { ...scrape, url: site.url('/hung') },
      });
      await call('saveSchedule', { schedule, create: true });
      const asked = site.asked('/hung');
      await call('startRun', { id: 'posts' });
      await asked;
      const children = childrenOf(child?.pid ?? 0);
      expect(children.length).toBeGreaterThan(0);
      // Stopped, a process hears neither a message nor SIGTERM.
      for (const pid of children) process.kill(pid, 'SIGSTOP');

      const begunMs = performance.now();
      const ended = new Promise<number | null>((done) => child?.once('exit', done));
      child?.kill('SIGTERM');
      expect(await ended).toBe(0);
      expect(performance.now() - begunMs).toBeLessThan(10_000);
      for (const pid of children) expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
      const db = openDatabase(folder);
      expect(db.prepare('SELECT state, outcome, reason FROM runs').all()).toEqual([
        { state: 'ended', outcome: 'cancelled', reason: 'quit' },
      ]);
      db.close();
    },
  );

  it('opens on a read-only folder within 3 s, shows its schedules, and ends as ever', async ({
    skip,
  }) => {
    const call = await host();
    await call('saveSchedule', { schedule: aSchedule(), create: true });
    const stop = async (): Promise<number | null> => {
      const ended = new Promise<number | null>((done) => child?.once('exit', done));
      child?.kill('SIGTERM');
      return ended;
    };
    await stop();
    const hostile = makeReadOnly(folder);
    if (hostile === null) skip('this root may write everywhere, and may not mount');
    try {
      const look = await host();
      expect(await look('getSnapshot', {})).toMatchObject({
        ok: true,
        value: { schedules: [{ id: 'posts' }], host: { troubles: [{ code: 'read-only' }] } },
      });
      expect(await look('startRun', { id: 'posts' })).toMatchObject({ code: 'read-only' });
      expect(await stop()).toBe(0);
      // What it looked at was a copy of its own.
      expect(readdirSync(folder)).not.toContain('host.json');
      expect(readdirSync(temporary.path)).toEqual([]);
    } finally {
      hostile?.mend();
    }
  });

  it('tells the command line what is wrong: in words, by its code, and in the same JSON as ever', async () => {
    writeFileSync(join(folder, 'jackdaw.db'), 'no database at all. '.repeat(50));
    await host();
    const jackdaw = async (
      ...args: readonly string[]
    ): Promise<[number | null, string, string]> => {
      const command = spawn(process.execPath, [programPath('cli'), ...args, '--data-dir', folder], {
        env: { PATH: process.env['PATH'], HOME: folder },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const code = new Promise<number | null>((done) => command.once('exit', done));
      const [out, err] = await Promise.all([text(command.stdout), text(command.stderr)]);
      return [await code, out, err];
    };
    const [code, words] = await jackdaw('status');
    // No tick, as for any scheduler that stands still.
    expect(code).toBe(4);
    expect(words).toMatch(
      /^! .+jackdaw\.db can't be used: it isn't a database\..+\n {2}Nothing runs until .+\n\nScheduler: +not running; its host is the headless host/,
    );
    const [, json] = await jackdaw('status', '--json');
    expect(Object.keys(JSON.parse(json) as object)).toEqual(Object.keys(statusSchema.shape));
    const [refused, object, line] = await jackdaw('list', '--json');
    expect([refused, JSON.parse(object)]).toMatchObject([1, { code: 'invalid' }]);
    expect(line.trimEnd().split('\n').length).toBe(1);
  });
});
