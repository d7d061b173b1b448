import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { childEnvironment, type ChildLauncher, type ScrapeChild } from './launcher.ts';

// A process group of its own lets one signal end whatever the child has started. Windows has none.
const grouped = process.platform !== 'win32';

function killTree(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (grouped && child.pid !== undefined)
    try {
      process.kill(-child.pid, 'SIGKILL');
      return;
    } catch {
      // Not yet the leader of its group: the child alone is all there is.
    }
  child.kill('SIGKILL');
}

function holdTo(child: ChildProcess, held: boolean): void {
  const { stderr, channel } = child as {
    readonly stderr?: { ref?(): void; unref?(): void } | null;
    readonly channel?: { ref(): void; unref(): void } | null;
  };
  for (const one of [child, channel, stderr])
    if (held) one?.ref?.();
    else one?.unref?.();
}

function asScrapeChild(child: ChildProcess): ScrapeChild {
  return {
    pid: child.pid,
    send: (message) => {
      // The callback takes the fault of a child that is already gone; its exit is told anyway.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onStderr: (listener) => {
      child.stderr?.setEncoding('utf8').on('data', listener);
    },
    onExit: (listener) => {
      let told = false;
      const tell = (code: number | null, signal: string | null): void => {
        if (told) return;
        told = true;
        listener({ code, signal });
      };
      // `close` comes after the last of stderr, `exit` may come before it.
      child.on('close', tell);
      child.on('error', () => {
        if (child.pid === undefined) tell(null, null);
      });
    },
    kill: () => {
      killTree(child);
    },
    hold: (held) => {
      holdTo(child, held);
    },
  };
}

/** Where the child's program lies: beside this file in a checkout, flat beside the bundle when built. */
function childProgram(): string {
  const fromSource = import.meta.filename.endsWith('.ts');
  return fromSource
    ? path.join(import.meta.dirname, 'child', 'index.ts')
    : path.join(import.meta.dirname, 'scrape-child.js');
}

/**
 * Starts scrape children with Node's fork: for the headless host and the command line. They run
 * `main/scrape/child/index.ts` in a checkout, its bundle `scrape-child.js` when built, and share
 * neither standard output nor secrets with their parent.
 */
export function forkLauncher(program = childProgram()): ChildLauncher {
  return () =>
    asScrapeChild(
      fork(program, [], {
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        detached: grouped,
        execArgv: [],
        env: childEnvironment(process.env),
      }),
    );
}
