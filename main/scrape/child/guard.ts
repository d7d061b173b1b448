import type { spawnSync } from 'node:child_process';
import type { writeSync } from 'node:fs';
import type { endMarked, ProcFiles } from '../end-marked.ts';
import type { familyOf } from '../family.ts';
import type { Mark } from '../marks.ts';

/** What the watchdog's thread is to do; the value of its first cell. */
export const duties = { idle: 0, watching: 1, ending: 2 } as const;

/** What the guard is given with its thread. */
export interface Post {
  /** Its duty, the parent's process id, and the memory cap in MB; shared with the main thread. */
  readonly cells: Int32Array<SharedArrayBuffer>;
  readonly duties: typeof duties;
  /** Null where the launcher marked nobody. */
  readonly mark: Mark | null;
  /** What it writes to the error stream before it ends a process whose memory ran over. */
  readonly memoryMark: string;
  readonly psArguments: readonly string[];
  /** Between two looks. */
  readonly lookMs: number;
}

/** What the guard works with. */
export interface GuardTools {
  readonly files: ProcFiles & { readonly writeSync: typeof writeSync };
  readonly spawnSync: typeof spawnSync;
  readonly endMarked: typeof endMarked;
  readonly familyOf: typeof familyOf;
}

/**
 * The life of the watchdog's thread: it sleeps until it has a duty, then looks again and again, and ends
 * the process with all it has started when the parent is gone, the memory is over the cap, or it is told.
 *
 * Stands by itself, without imports: the thread runs its text.
 */
export function guard(post: Post, { files, spawnSync, endMarked, familyOf }: GuardTools): never {
  const { cells, duties, mark, memoryMark, psArguments, lookMs } = post;
  const kill = (pid: number): void => {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone, or no such group.
    }
  };
  const bornTo = process.platform === 'win32' ? null : process.ppid;
  const isAlive = (pid: number): boolean => {
    // A parent that died is at once no parent any more, also where its number stays taken.
    if (bornTo === pid) return process.ppid === pid;
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  };
  const endTree = (): void => {
    if (mark !== null) endMarked(mark, files);
    const options = { encoding: 'utf8', timeout: 3_000, windowsHide: true } as const;
    if (process.platform === 'darwin')
      for (const pid of familyOf(process.pid, spawnSync('ps', psArguments, options).stdout))
        kill(pid);
    if (process.platform === 'win32') {
      const taskkill = `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\taskkill.exe`;
      spawnSync(taskkill, ['/PID', String(process.pid), '/T', '/F'], options);
    }
    kill(-process.pid);
    kill(process.pid);
  };
  for (;;) {
    Atomics.wait(cells, 0, duties.idle);
    Atomics.wait(cells, 0, duties.watching, lookMs);
    const [duty = duties.idle, parentPid = 0, capMb = 0] = cells;
    if (duty === duties.ending || !isAlive(parentPid)) endTree();
    if (process.memoryUsage.rss() > capMb * 1024 * 1024) {
      try {
        files.writeSync(2, `${memoryMark}\n`);
      } catch {
        // Nobody reads it.
      }
      // Electron forgets what it hasn't read when the process ends.
      Atomics.wait(cells, 0, duty, 50);
      endTree();
    }
  }
}
