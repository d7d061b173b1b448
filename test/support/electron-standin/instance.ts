import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** What a second instance tells the first one. */
export interface InstanceMessage {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly additionalData: unknown;
}

/** The lock of the first instance. */
export interface Instance {
  release(): void;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function ownerOf(lock: string): number {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0;
  }
}

/**
 * Claims the folder for this process. Where another living process has it, that one is told before
 * this function answers null: like Electron's, the message is out even if the process ends at once.
 */
export function claimInstance(
  folder: string,
  message: InstanceMessage,
  onSecond: (message: InstanceMessage) => void,
): Instance | null {
  const lock = path.join(folder, 'SingletonLock');
  const letters = path.join(folder, 'SingletonLetters');
  mkdirSync(letters, { recursive: true });
  const owner = ownerOf(lock);
  if (owner > 0 && owner !== process.pid && isAlive(owner)) {
    const letter = path.join(letters, randomUUID());
    writeFileSync(`${letter}.part`, JSON.stringify(message));
    renameSync(`${letter}.part`, `${letter}.json`);
    return null;
  }
  rmSync(lock, { force: true });
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
  } catch {
    return claimInstance(folder, message, onSecond);
  }
  const readLetters = (): void => {
    for (const name of readdirSync(letters).filter((each) => each.endsWith('.json'))) {
      const file = path.join(letters, name);
      const text = readFileSync(file, 'utf8');
      rmSync(file);
      onSecond(JSON.parse(text) as InstanceMessage);
    }
  };
  const watcher = watch(letters, readLetters).unref();
  const release = (): void => {
    watcher.close();
    rmSync(lock, { force: true });
  };
  process.once('exit', release);
  return { release };
}
