import process from 'node:process';

/** The terminal, or the pipes, a command talks to. */
export interface CliIo {
  readonly stdin: NodeJS.ReadableStream;
  /** Writes to standard output; resolves once it is written, or nobody reads any more. */
  out(text: string): Promise<void>;
  /** Writes to standard error. */
  err(text: string): void;
  /** Whether a person reads standard output. */
  readonly terminal: boolean;
  /** Calls back when the user or the system asks the command to end (Ctrl-C, SIGTERM). */
  onInterrupt(ask: () => void): () => void;
  /** Ends the process at once, for what must not take longer. */
  exit(code: number): void;
}

/** The io of this process. A reader that has seen enough (`| head`) ends the writing quietly. */
export function processIo(): CliIo {
  let closed = false;
  const { stdin, stdout, stderr } = process;
  stdout.on('error', () => {
    closed = true;
  });
  stderr.on('error', () => undefined);
  return {
    stdin,
    out: (text) =>
      new Promise((resolve) => {
        if (closed) resolve();
        // Written, not merely taken: what a process leaves unwritten is lost when it exits.
        else
          stdout.write(text, () => {
            resolve();
          });
      }),
    err: (text) => {
      stderr.write(text);
    },
    terminal: stdout.isTTY && stderr.isTTY,
    onInterrupt: (ask) => {
      const signals = ['SIGINT', 'SIGTERM'] as const;
      for (const signal of signals) process.on(signal, ask);
      return () => {
        for (const signal of signals) process.off(signal, ask);
      };
    },
    exit: (code) => process.exit(code),
  };
}
