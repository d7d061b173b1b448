import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLead } from '../../../main/store/leader-lock.ts';
import { aFolder } from '../../support/builders.ts';

const source = pathToFileURL(join(import.meta.dirname, '../../../main/store/leader-lock.ts')).href;

let folder: string;
let remove: () => void;
let child: ChildProcess | null = null;

beforeEach(() => {
  ({ path: folder, remove } = aFolder());
});
afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
  remove();
});

/** A process of its own that takes the lead, says whether it got it, and lives until it is ended. */
async function otherProcess(): Promise<{
  readonly leads: boolean;
  readonly process: ChildProcess;
}> {
  const code = `
    import { takeLead } from ${JSON.stringify(source)};
    const lead = takeLead(${JSON.stringify(folder)});
    process.stdout.write(lead === null ? 'no' : 'yes');
    process.stdin.resume();
  `;
  child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { stdout } = child;
  if (stdout === null) throw new Error('the process has no output');
  const [answer] = (await once(stdout, 'data')) as [Buffer];
  return { leads: answer.toString() === 'yes', process: child };
}

describe('store/leader-lock', () => {
  it('is one process’s alone, and free for the next when that one is killed', async () => {
    const other = await otherProcess();
    expect(other.leads).toBe(true);
    expect(takeLead(folder)).toBeNull();
    const ended = once(other.process, 'exit');
    other.process.kill('SIGKILL');
    await ended;
    const lead = takeLead(folder);
    expect(lead).not.toBeNull();
    lead?.release();
  });

  it('keeps another process out until it is given up', async () => {
    const lead = takeLead(folder);
    expect((await otherProcess()).leads).toBe(false);
    lead?.release();
    expect((await otherProcess()).leads).toBe(true);
  });

  it('is exclusive within one process too', () => {
    const first = takeLead(folder);
    expect(takeLead(folder)).toBeNull();
    first?.release();
    const second = takeLead(folder);
    expect(second).not.toBeNull();
    second?.release();
  });

  it('refuses a lock that is no file of SQLite’s', () => {
    writeFileSync(join(folder, 'leader.db'), 'x'.repeat(5000));
    expect(() => takeLead(folder)).toThrow(/isn't a database Jackdaw can read/);
  });

  it('refuses a folder that can’t be written', ({ skip }) => {
    skip(process.getuid?.() === 0, 'root may write everywhere');
    const locked = join(folder, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    expect(() => takeLead(locked)).toThrow(/may not write to .*leader\.db/);
    chmodSync(locked, 0o700);
  });
});
