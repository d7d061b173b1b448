import type { Clock } from '../clock.ts';
import { markedEnvironment, type Mark } from './marks.ts';

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
  /**
   * What the child writes to its error stream, in pieces: why it crashed, or that its memory ran over;
   * where it couldn't be started, the fault.
   */
  onStderr(listener: (text: string) => void): void;
  /** Rings once, also where the start failed; by then nothing that the child has started lives on. */
  onExit(listener: (exit: ChildExit) => void): void;
  /** Ends the child and what it has started, by force; harmless when it is gone. */
  kill(): void;
  /** Whether this child keeps its parent's event loop alive; an idle spare doesn't. No-op in Electron. */
  hold(held: boolean): void;
}

/** What every child of a runner is started with. */
export interface Launch {
  readonly clock: Clock;
  /** The data folder's mark, by which its next leader finds children left over; null: they carry none. */
  readonly folderMark: Mark | null;
}

/** Starts a scrape child: a process that runs `main/scrape/child/index.ts` or its bundle. */
export type ChildLauncher = (launch: Launch) => ScrapeChild;

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

/** The part of this environment that scrape children get, whatever starts them, and their marks. */
export function childEnvironment(
  environment: NodeJS.ProcessEnv,
  marks: readonly (Mark | null)[],
): Record<string, string> {
  const pairs = passedOn.map((name) => [name, environment[name]] as const);
  return {
    ...markedEnvironment(marks.filter((mark) => mark !== null)),
    ...Object.fromEntries(
      pairs.filter((pair): pair is [(typeof passedOn)[number], string] => pair[1] !== undefined),
    ),
  };
}
