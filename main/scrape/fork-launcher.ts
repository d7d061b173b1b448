import { fork, type ChildProcess } from 'node:child_process';
import type { ChildLauncher, ScrapeChild } from './launcher.ts';

/** What a child may know of its parent's environment: no secret, nothing that steers Node. */
const passedOn = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'SYSTEMROOT',
  'windir',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
] as const;

// A process group of its own lets one signal end whatever the child has started. Windows has none.
const grouped = process.platform !== 'win32';

function environment(): NodeJS.ProcessEnv {
  const pairs = passedOn.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

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

/**
 * Starts scrape children with Node's fork: for the headless host and the command line. `childPath` is
 * `main/scrape/child/index.ts` in a checkout, or its bundle `out/main/scrape-child.js`. The children
 * share neither standard output nor secrets with their parent.
 */
export function forkLauncher(childPath: string): ChildLauncher {
  return () =>
    asScrapeChild(
      fork(childPath, [], {
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        detached: grouped,
        execArgv: [],
        env: environment(),
      }),
    );
}
