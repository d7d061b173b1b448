import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { CallInput, CallOutput } from '../../../contract/calls.ts';
import type { CallName } from '../../../contract/names.ts';
import { hostDoor } from '../../../main/cli/host-door.ts';
import { isProcessAlive, readHostFile } from '../../../main/web/host-file.ts';
import { programPath } from '../programs.ts';
import type { FastWorld } from './fast-clock.ts';
import type { KillAt } from './kill-points.ts';
import { runDelayMs } from './run-delay.ts';
import { passing } from './until.ts';

/** What a chaos host is told at its start. */
export interface ChaosOrder {
  readonly dataFolder: string;
  readonly world: FastWorld;
  readonly kill: KillAt | null;
  readonly watchThread: boolean;
}

/** A child and the run it carries out. */
export interface Working {
  readonly pid: number;
  readonly run: number;
}

/** What a chaos host tells: that it is up, that it has launched a child, how long it was busy. */
export type ChaosWord =
  | { readonly readyAfterWaitingMs: number }
  | { readonly child: number }
  | Working
  | { readonly busyMs: number };

/** A chaos host that lives. */
export interface ChaosHost {
  readonly process: ChildProcess;
  /** How long it took from its start until it answered, without the time it waited for a busy processor. */
  readonly backAfterMs: number;
  /** Every child it has launched. */
  readonly children: readonly number[];
  /** Which of them was handed which run, in order. */
  readonly working: readonly Working[];
  /** The longest stretch its main thread was busy since this was asked last. */
  busiestMs(): number;
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** Ends it with this signal and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** How a chaos host is started. */
export interface ChaosOptions {
  readonly kill?: KillAt;
  readonly watchThread?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** A chaos host as it is started: it may die before it is up. */
export interface StartedHost {
  readonly process: ChildProcess;
  readonly children: number[];
  /** Rings when it is gone. */
  readonly gone: Promise<void>;
  readonly up: Promise<ChaosHost>;
  /** The end of what it wrote on its error stream. */
  readonly said: () => string;
}

/** Starts a chaos host on a data folder, without waiting for it. */
export function launchChaosHost(
  dataFolder: string,
  world: FastWorld,
  options: ChaosOptions = {},
): StartedHost {
  const { kill = null, watchThread = false, env = {} } = options;
  const order: ChaosOrder = { dataFolder, world, kill, watchThread };
  const begunMs = performance.now();
  const child = fork(programPath('chaos-host'), [JSON.stringify(order)], {
    execArgv: [],
    env: { PATH: process.env['PATH'], TZ: 'UTC', ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const children: number[] = [];
  const working: Working[] = [];
  let busiestMs = 0;
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-4_000);
  });
  const gone = once(child, 'exit').then(() => undefined);
  const up = new Promise<ChaosHost>((resolve, reject) => {
    child.on('message', (word: ChaosWord) => {
      if ('child' in word) children.push(word.child);
      if ('run' in word) working.push(word);
      if ('busyMs' in word) busiestMs = Math.max(busiestMs, word.busyMs);
      if ('readyAfterWaitingMs' in word)
        resolve({
          process: child,
          backAfterMs: performance.now() - begunMs - word.readyAfterWaitingMs,
          children,
          working,
          busiestMs: () => {
            const most = busiestMs;
            busiestMs = 0;
            return most;
          },
          call: async (name, input) => {
            const file = readHostFile(dataFolder);
            if (file === null || file.pid !== child.pid)
              throw new Error('The host has no file of its own.');
            return hostDoor(file).call(name, input);
          },
          end: async (signal) => {
            child.kill(signal);
            await gone;
          },
        });
    });
    child.once('exit', (code, signal) => {
      reject(new Error(`The host ended before it was up (${String(code ?? signal)}): ${said}`));
    });
  });
  // Whoever kills it at once doesn't wait for it to be up.
  up.catch(() => undefined);
  return { process: child, children, gone, up, said: () => said };
}

/**
 * Waits until none of these processes is left: so long at most, not counting what a process waited for a
 * busy processor.
 */
export async function untilGone(pids: readonly number[], limitMs: number): Promise<void> {
  const begunMs = performance.now();
  const isOver = (pid: number): boolean =>
    performance.now() - begunMs - runDelayMs(pid) > limitMs && isProcessAlive(pid);
  for (let left = pids; left.length > 0; left = left.filter(isProcessAlive)) {
    const late = left.filter(isOver);
    if (late.length > 0) throw new Error(`Left after ${String(limitMs)} ms: ${late.join(', ')}`);
    await passing(20);
  }
}
