import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** How long nobody else on this computer sleeps: by it the sleepers of a test are known. */
export function anArgument(): string {
  return `1000.${String(randomInt(1e9))}`;
}

function told(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

/** The process ids of the sleepers that are alive; on Linux only. */
export function sleepers(argument: string): readonly number[] {
  return readdirSync('/proc')
    .filter((pid) => told(pid, 'cmdline').includes(`sleep\0${argument}\0`))
    .map(Number);
}

/** The process ids of a process's children; on Linux only. */
export function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((pid) => told(pid, 'stat').split(') ').at(-1)?.split(' ')[1] === String(parent))
    .map(Number);
}

/** Ends the sleepers that a failed test has left. */
export function endSleepers(argument: string): void {
  for (const pid of sleepers(argument)) process.kill(pid, 'SIGKILL');
}
