import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFault } from '../../../main/cli/node-version.ts';
import { readHostFile } from '../../../main/web/host-file.ts';
import { aFolder } from '../../support/builders.ts';
import { programPath } from '../../support/programs.ts';
import { fileText, type Said } from './harness.ts';

const root = resolve(import.meta.dirname, '../../..');

let folder: string;
let remove: () => void;
let running: ChildProcess[];

beforeEach(() => {
  ({ path: folder, remove } = aFolder());
  running = [];
});
afterEach(async () => {
  await Promise.all(
    running.map(
      (child) =>
        new Promise<void>((done) => {
          if (child.exitCode !== null || child.signalCode !== null) {
            done();
            return;
          }
          child.once('exit', () => {
            done();
          });
          child.kill('SIGKILL');
        }),
    ),
  );
  remove();
});

function launch(
  entry: 'cli' | 'headless',
  args: readonly string[],
  identity: { readonly uid?: number } = {},
): ChildProcess {
  const child = spawn(process.execPath, [programPath(entry), ...args], {
    cwd: root,
    // No display: nothing of a test may open in the user's browser.
    env: { PATH: process.env['PATH'], HOME: folder, JACKDAW_DATA: join(folder, 'data') },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(identity.uid === undefined ? {} : { uid: identity.uid, gid: identity.uid }),
  });
  running.push(child);
  return child;
}

/** Runs a command line to its end. */
async function jackdaw(
  args: readonly string[],
  stdin = '',
  identity: { readonly uid?: number } = {},
): Promise<Said> {
  const child = launch('cli', args, identity);
  if (child.stdin === null || child.stdout === null || child.stderr === null)
    throw new Error('the command has no pipes');
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const code = new Promise<number>((done) => {
    child.once('exit', (status) => {
      done(status ?? -1);
    });
  });
  const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  return { code: await code, out, err };
}

interface Host {
  readonly child: ChildProcess;
  readonly link: string;
  /** Ends it with a signal; answers the exit code and how long that took. */
  readonly end: (
    signal: NodeJS.Signals,
  ) => Promise<{ readonly code: number | null; readonly tookMs: number }>;
}

async function host(args: readonly string[] = []): Promise<Host> {
  const child = launch('headless', ['--no-browser', ...args]);
  const link = await new Promise<string>((done, fail) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/\S+/.exec(said);
      if (found !== null) done(found[0]);
    });
    child.once('exit', (code) => {
      fail(new Error(`the host ended with ${String(code)}: ${said}`));
    });
  });
  return {
    child,
    link,
    end: (signal) =>
      new Promise((done) => {
        const startedMs = performance.now();
        child.once('exit', (code) => {
          done({ code, tookMs: performance.now() - startedMs });
        });
        child.kill(signal);
      }),
  };
}

function pageStatus(url: string): Promise<number> {
  return new Promise((done, fail) => {
    request(url, { agent: false }, (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    })
      .on('error', fail)
      .end();
  });
}

describe('the jackdaw command as a process', () => {
  it('answers a thousand lines of next - in order and in under 3 s, its start included', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) =>
      JSON.stringify({
        trigger: { kind: 'interval', every: '30m' },
        hours: { week: { mon: ['09:00-17:00'], fri: ['22:00-02:00'] } },
        timezone: index % 2 === 0 ? 'Europe/Berlin' : 'America/New_York',
        outside: index % 3 === 0 ? 'defer' : 'skip',
        after: new Date(Date.UTC(2026, 0, 1) + index * 8 * 3_600_000).toISOString(),
        count: 3,
      }),
    );
    lines[500] = 'not a line';
    const startedMs = performance.now();
    const { code, out } = await jackdaw(['next', '-'], `${lines.join('\n')}\n`);
    expect(performance.now() - startedMs).toBeLessThan(3000);
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly next?: readonly { readonly at: string }[] });
    expect([code, answers.length]).toEqual([0, 1000]);
    expect(answers[500]).toMatchObject({ error: { code: 'invalid' } });
    answers.forEach(({ next }, index) => {
      if (index === 500) return;
      const after = Date.UTC(2026, 0, 1) + index * 8 * 3_600_000;
      expect(next?.length).toBe(3);
      expect(Date.parse(next?.[0]?.at ?? '')).toBeGreaterThan(after);
    });
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('starts no scheduler without a host, and says 3 to status', async () => {
    await jackdaw(['import', '-'], fileText());
    const status = await jackdaw(['status', '--json']);
    expect([status.code, JSON.parse(status.out)]).toEqual([
      3,
      expect.objectContaining({ running: false, lastTickAt: null }),
    ]);
    expect(readFileSync(join(folder, 'data', 'logs', 'jackdaw.log'), 'utf8')).not.toContain(
      'scheduler started',
    );
  });

  it('keeps two commands at once apart', async () => {
    const both = await Promise.all(
      ['a', 'b', 'c'].map((id) =>
        jackdaw(['import', '-'], fileText().replace('id: posts', `id: ${id}`)),
      ),
    );
    expect(both.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [0, ''],
      [0, ''],
    ]);
    const listed = JSON.parse((await jackdaw(['list', '--json'])).out) as readonly {
      readonly id: string;
    }[];
    expect(listed.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);
  });

  it.skipIf(process.platform === 'win32')(
    'says in one sentence that it may not write to the folder',
    async () => {
      const data = join(folder, 'data');
      mkdirSync(data);
      chmodSync(folder, 0o755);
      chmodSync(data, 0o555);
      // Root may write anywhere: nobody asks in its place.
      const identity = process.getuid?.() === 0 ? { uid: 65_534 } : {};
      const { code, out, err } = await jackdaw(['list', '--json'], '', identity);
      expect([code, JSON.parse(out)]).toEqual([
        1,
        { code: 'read-only', message: expect.stringContaining(data) as string },
      ]);
      expect(err.trimEnd().split('\n').length).toBe(1);
      chmodSync(data, 0o755);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'says in one sentence that it may not write to the database',
    async () => {
      await jackdaw(['list']);
      const data = join(folder, 'data');
      chmodSync(folder, 0o755);
      chmodSync(data, 0o777);
      chmodSync(join(data, 'logs'), 0o777);
      chmodSync(join(data, 'leader.db'), 0o666);
      chmodSync(join(data, 'jackdaw.db'), 0o444);
      const identity = process.getuid?.() === 0 ? { uid: 65_534 } : {};
      const { code, out, err } = await jackdaw(['list', '--json'], '', identity);
      expect([code, JSON.parse(out)]).toEqual([
        1,
        { code: 'read-only', message: expect.stringContaining(join(data, 'jackdaw.db')) as string },
      ]);
      expect(err.trimEnd().split('\n').length).toBe(1);
    },
  );

  it('says which Node it needs', () => {
    expect(nodeFault('20.20.2')).toBe(
      'Jackdaw needs Node 22.12 or newer, and this is Node 20.20.2; in a checkout, npm run -s jackdaw uses the right one.',
    );
    expect([nodeFault('22.11.9') === null, nodeFault('22.12.0'), nodeFault('24.0.0')]).toEqual([
      false,
      null,
      null,
    ]);
  });
});

describe('the headless host as a process', () => {
  it('serves, is found by the command line, and ends on SIGTERM without a trace', async () => {
    const { link, end } = await host();
    const data = join(folder, 'data');
    expect(readHostFile(data)).toMatchObject({
      host: 'headless',
      port: Number(new URL(link).port),
    });
    if (process.platform !== 'win32')
      expect((statSync(join(data, 'host.json')).mode & 0o777).toString(8)).toBe('600');
    expect(await pageStatus(link)).toBeGreaterThan(0);

    const status = await jackdaw(['status', '--json']);
    expect([status.code, JSON.parse(status.out)]).toEqual([
      0,
      expect.objectContaining({ running: true }),
    ]);
    expect((await jackdaw(['import', '-'], fileText())).code).toBe(0);

    const { code, tookMs } = await end('SIGTERM');
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(10_000);
    expect(existsSync(join(data, 'host.json'))).toBe(false);
    await expect(pageStatus(link)).rejects.toThrow();
    expect((await jackdaw(['list', '--json'])).out).toContain('"id":"posts"');
  });

  it('shows the first host’s link to a second one, which ends with 0', async () => {
    const { link, child } = await host();
    const second = await jackdaw(['serve', '--no-browser']);
    expect(second).toEqual({
      code: 0,
      out: `Jackdaw runs already (headless host, process ${String(child.pid)}). Its window: ${link}\n`,
      err: '',
    });
  });

  it('elects one of several that start at once', async () => {
    const started = await Promise.all([1, 2, 3].map(() => host()));
    expect(new Set(started.map(({ link }) => link)).size).toBe(1);
  });

  it('is replaced after kill -9, whatever it left', async () => {
    const first = await host();
    await first.end('SIGKILL');
    expect(existsSync(join(folder, 'data', 'host.json'))).toBe(true);
    expect((await jackdaw(['status', '--json'])).code).toBe(3);
    const second = await host();
    expect(second.link).not.toBe(first.link);
    expect((await jackdaw(['status', '--json'])).code).toBe(0);
  });

  it('runs the sample within the minute, and offers its site', async () => {
    await host();
    const sample = await jackdaw(['sample', '--json']);
    const { added, url } = JSON.parse(sample.out) as {
      readonly added: readonly string[];
      readonly url: string;
    };
    expect(added).toEqual(['sample-every-minute', 'sample-closed-now']);
    expect(await pageStatus(url)).toBe(200);
    expect(JSON.parse((await jackdaw(['sample', '--json'])).out)).toMatchObject({
      added: [],
      present: added,
    });

    const run = await jackdaw(['run', 'sample-every-minute', '--wait', '--json']);
    expect([run.code, run.err]).toEqual([0, '']);
    expect(JSON.parse(run.out)).toMatchObject({ outcome: 'success', counts: { pages: 1 } });
    const [row = ''] = (await jackdaw(['records', 'sample-every-minute'])).out.split('\n');
    const { name, price, place, url: link, ...own } = JSON.parse(row) as Record<string, unknown>;
    expect([typeof name, typeof price, typeof place]).toEqual(['string', 'number', 'string']);
    expect(link).toBe(own['_key']);
    expect(String(link)).toContain(`${url}things/`);
  });
});
