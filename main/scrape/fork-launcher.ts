import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { endRest, endTree } from './end-tree.ts';
import { childEnvironment, type ChildLauncher, type Launch, type ScrapeChild } from './launcher.ts';
import { newChildMark, type Mark } from './marks.ts';

/** How long the error stream may stay open once the child is gone: a stranger may hold its other end. */
const unreadMs = 500;

// A process group of its own lets one signal end whatever the child has started. Windows has none.
const grouped = process.platform !== 'win32';

function isGone(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Rings once the child is gone, what it has left behind is ended, and the last of stderr is read. */
function tellExit(
  child: ChildProcess,
  { clock }: Launch,
  mark: Mark,
  listener: Parameters<ScrapeChild['onExit']>[0],
): void {
  let told = false;
  const tell = (code: number | null, signal: string | null): void => {
    if (told) return;
    told = true;
    listener({ code, signal });
  };
  child.on('exit', (code, signal) => {
    endRest(mark, grouped ? (child.pid ?? null) : null);
    const timer = clock.after(unreadMs, () => {
      child.stderr?.destroy();
      tell(code, signal);
    });
    // `close` comes after the last of stderr, `exit` may come before it.
    child.on('close', () => {
      timer.cancel();
      tell(code, signal);
    });
  });
  child.on('error', () => {
    if (child.pid === undefined) tell(null, null);
  });
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

function asScrapeChild(child: ChildProcess, launch: Launch, mark: Mark): ScrapeChild {
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
      child.on('error', (error) => {
        if (child.pid === undefined) listener(String(error));
      });
    },
    onExit: (listener) => {
      tellExit(child, launch, mark, listener);
    },
    kill: () => {
      const { pid } = child;
      if (pid !== undefined) endTree({ pid, grouped, isGone: () => isGone(child) });
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
  return (launch) => {
    const mark = newChildMark();
    const child = fork(program, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      detached: grouped,
      execArgv: [],
      env: childEnvironment(process.env, [mark, launch.folderMark]),
    });
    return asScrapeChild(child, launch, mark);
  };
}
