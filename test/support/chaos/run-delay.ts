import { readFileSync } from 'node:fs';

/**
 * How long a process's main thread was ready to run while others had the processor, in milliseconds: a
 * busy machine's doing, not the process's. 0 where the system doesn't tell, or the process is gone.
 */
export function runDelayMs(pid: number): number {
  try {
    const [, waitedNs] = readFileSync(`/proc/${String(pid)}/schedstat`, 'utf8').split(' ');
    return Number(waitedNs) / 1_000_000;
  } catch {
    return 0;
  }
}
