import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { programPath } from '../programs.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');

/** How a command ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command that runs as its user would start it. */
export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has said so far. */
  readonly said: () => string;
}

/** Starts the headless host or the command line as a process of its own. */
export function startCommand(
  entry: 'headless' | 'cli',
  args: readonly string[],
  dataFolder: string,
): Started {
  const child = spawn(process.execPath, [programPath(entry), ...args], {
    cwd: root,
    // No display: nothing of a test may open in the user's browser.
    env: { PATH: process.env['PATH'], HOME: dataFolder, JACKDAW_DATA: dataFolder, TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const ended = Promise.all([code, textOf(child.stdout), textOf(child.stderr)]).then(
    ([status, out, err]) => ({ code: status, out, err }),
  );
  return { process: child, ended, said: () => said };
}

/** Runs the command line to its end. */
export function runCommand(args: readonly string[], dataFolder: string): Promise<Ended> {
  return startCommand('cli', args, dataFolder).ended;
}

/** How often an event stands in a data folder's log. */
export function timesLogged(dataFolder: string, event: string): number {
  try {
    const log = readFileSync(path.join(dataFolder, 'logs', 'jackdaw.log'), 'utf8');
    return log.split('\n').filter((line) => /\] +(.*)/.exec(line)?.[1]?.startsWith(event)).length;
  } catch {
    return 0;
  }
}
