/** How a child process ended: its code, or the signal that killed it. */
export interface ChildExit {
  readonly code: number | null;
  /** Null where the system or the launcher tells no signal. */
  readonly signal: string | null;
}

/**
 * A scrape child as its parent sees it, whatever started it: `child_process.fork` on Node,
 * `utilityProcess.fork` in Electron. Each listener is set once, right after the launch; nothing said
 * by the child before that may be lost.
 */
export interface ScrapeChild {
  /** Undefined where the process couldn't be started; `onExit` follows. */
  readonly pid: number | undefined;
  /** Sends a structured-cloneable message; does nothing once the child is gone. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** What the child writes to its error stream, in pieces: why it crashed, or that its memory ran over. */
  onStderr(listener: (text: string) => void): void;
  /** Rings once, also where the start failed. */
  onExit(listener: (exit: ChildExit) => void): void;
  /** Ends the child and what it started at once (SIGKILL); harmless when it is gone. */
  kill(): void;
  /** Whether this child keeps its parent's event loop alive; an idle spare doesn't. No-op in Electron. */
  hold(held: boolean): void;
}

/** Starts a scrape child: a process that runs `main/scrape/child/index.ts` or its bundle. */
export type ChildLauncher = () => ScrapeChild;

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

/** The part of this environment that scrape children get, whatever starts them. */
export function childEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const pairs = passedOn.map((name) => [name, environment[name]] as const);
  return Object.fromEntries(
    pairs.filter((pair): pair is [(typeof passedOn)[number], string] => pair[1] !== undefined),
  );
}
