import type { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Mark } from './marks.ts';

/** The part of node:fs that looking through /proc takes. */
export interface ProcFiles {
  readonly existsSync: typeof existsSync;
  readonly readdirSync: typeof readdirSync;
  readonly readFileSync: typeof readFileSync;
}

/**
 * Kills every process of this computer that carries the mark, but for this one: on Linux, where
 * `/proc/PID/environ` tells; elsewhere none. It looks again until it finds no new one, so that a
 * process which goes on starting others loses the race. The mark is read right before the kill, so a
 * number that has passed on to a stranger is left alone. Answers whom it killed; they may take a
 * moment to be gone. Takes 30 µs a process on the computer.
 *
 * Stands by itself, without imports: the watchdog's thread runs its text.
 */
export function endMarked(mark: Mark, files: ProcFiles): readonly number[] {
  if (process.platform !== 'linux') return [];
  const killed = new Set<number>();
  for (let pass = 0, before = -1; before < killed.size && pass < 100; pass += 1) {
    before = killed.size;
    for (const name of files.existsSync('/proc') ? files.readdirSync('/proc') : []) {
      const pid = Number(name);
      if (!Number.isInteger(pid) || pid === process.pid || killed.has(pid)) continue;
      try {
        const environment = files.readFileSync(`/proc/${name}/environ`, 'latin1');
        if (!environment.split('\0').includes(mark)) continue;
        process.kill(pid, 'SIGKILL');
        killed.add(pid);
      } catch {
        // It is gone, or another user's.
      }
    }
  }
  return [...killed];
}
