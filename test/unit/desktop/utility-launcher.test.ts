import { fork, type ForkOptions } from 'node:child_process';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import { utilityLauncher } from '../../../main/desktop/utility-launcher.ts';
import { aFolder } from '../../support/builders.ts';
import { anArgument, endSleepers, sleepers } from '../../support/sleepers.ts';

/** A child as Electron starts it: no process group of its own, its number known once it is spawned. */
class UtilityChild extends EventEmitter {
  pid: number | undefined;
  readonly stderr: NodeJS.ReadableStream | null;

  constructor(file: string, args: readonly string[], { env }: Pick<ForkOptions, 'env'>) {
    super();
    const child = fork(file, args, {
      env,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.stderr = child.stderr;
    child.once('spawn', () => {
      this.pid = child.pid;
      this.emit('spawn');
    });
    child.on('message', (message) => this.emit('message', message));
    child.once('exit', (code) => {
      this.pid = undefined;
      this.emit('exit', code ?? 1);
    });
  }
}

vi.mock('electron', () => ({
  utilityProcess: {
    fork: (file: string, args: readonly string[], options: Pick<ForkOptions, 'env'>) =>
      new UtilityChild(file, args, options),
  },
}));

let folder: ReturnType<typeof aFolder>;
let argument: string;

beforeEach(() => {
  folder = aFolder();
  argument = anArgument();
});

afterEach(() => {
  endSleepers(argument);
  folder.remove();
});

describe.runIf(process.platform === 'linux')('desktop/utility-launcher', () => {
  it.each([
    ['is killed in an endless loop', 'for (;;);'],
    ['ends by itself', 'process.exit(0);'],
  ])('ends all that a child has started which %s', async (_how, last) => {
    const program = path.join(folder.path, 'child.mjs');
    writeFileSync(
      program,
      `import { spawn } from 'node:child_process';
       const options = { detached: true, stdio: 'ignore' };
       for (let one = 0; one < 5; one += 1) spawn('sleep', ['${argument}'], options);
       process.send('started', () => { ${last} });`,
    );
    const child = utilityLauncher(program)({ clock: systemClock(), folderMark: null });
    let started = 0;
    child.onMessage(() => {
      started = sleepers(argument).length;
      child.kill();
    });
    await new Promise((resolve) => {
      child.onExit(resolve);
    });
    expect(started).toBe(5);
    await expect.poll(() => sleepers(argument)).toEqual([]);
  });
});
