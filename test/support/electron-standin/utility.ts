import type * as Electron from 'electron';
import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { app } from './app.ts';
import { only, type Foreign, type Nothing } from './typed.ts';

/** `utilityProcess`: a Node child process with `process.parentPort` in place of its IPC channel. */
class StandInUtilityProcess
  extends EventEmitter
  implements Pick<Electron.UtilityProcess, 'pid' | 'postMessage' | 'kill' | 'stdout' | 'stderr'>
{
  pid: number | undefined = undefined;
  private readonly child: ChildProcess;

  constructor(file: string, args: readonly string[], options: Electron.ForkOptions) {
    super();
    this.child = fork(file, args, {
      env: { ...(options.env ?? process.env) },
      cwd: options.cwd,
      stdio: [0, 1, 2]
        .map((fd) => (fd === 0 ? 'ignore' : streamOf(options.stdio, fd)))
        .concat('ipc') as 'pipe'[],
      serialization: 'advanced',
      execArgv: [
        '--import',
        path.join(import.meta.dirname, 'utility-child.ts'),
        ...(options.execArgv ?? []),
      ],
    });
    this.child.once('spawn', () => {
      this.pid = this.child.pid;
      this.emit('spawn');
    });
    this.child.on('message', (message) => this.emit('message', message));
    this.child.once('exit', (code) => {
      this.pid = undefined;
      this.emit('exit', code ?? 1);
    });
  }

  get stdout(): Electron.UtilityProcess['stdout'] {
    return this.child.stdout;
  }

  get stderr(): Electron.UtilityProcess['stderr'] {
    return this.child.stderr;
  }

  postMessage(message: unknown): void {
    if (this.child.connected) this.child.send(message as object);
  }

  kill(): boolean {
    return this.child.kill();
  }
}

function streamOf(stdio: Electron.ForkOptions['stdio'], fd: number): string {
  if (Array.isArray(stdio)) return String(stdio[fd]);
  return typeof stdio === 'string' ? stdio : 'inherit';
}

export type UtilityIsFaithful = Nothing<Foreign<StandInUtilityProcess, Electron.UtilityProcess>>;

export const utilityProcess = only('utilityProcess', {
  fork: (file: string, args: readonly string[] = [], options: Electron.ForkOptions = {}) => {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    return only('UtilityProcess', new StandInUtilityProcess(file, args, options));
  },
});
