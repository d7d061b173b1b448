import { statfsSync } from 'node:fs';
import type { Clock, Timer } from '../clock.ts';
import type { Troubles, TroubleWords } from './troubles.ts';

const megabyte = 1_000_000;
/** Less than this is said; it is over once there is a fifth more, lest it come and go. */
const leastBytes = 100 * megabyte;
const enoughBytes = 120 * megabyte;
const lookMs = 60_000;

/** How many bytes are left to the user on the disk of a folder; null where the system doesn't tell. */
export function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** What the watch over the disk is made of. */
export interface SpaceParts {
  readonly clock: Clock;
  readonly troubles: Troubles;
  readonly dataFolder: string;
  readonly free: (folder: string) => number | null;
}

function words(dataFolder: string, bytes: number): TroubleWords {
  return {
    message: `Only ${String(Math.floor(bytes / megabyte))} MB are left on the disk of ${dataFolder}. When it is full, nothing can be recorded and nothing runs.`,
    remedy: 'Free some space on this disk.',
  };
}

/** Looks once a minute how much space is left, and says so before it runs out. */
export function createSpaceWatch({ clock, troubles, dataFolder, free }: SpaceParts): {
  readonly start: () => void;
  readonly stop: () => void;
} {
  let timer: Timer | null = null;
  let told: number | null = null;

  const look = (): void => {
    timer = clock.after(lookMs, look, 'idle');
    const bytes = free(dataFolder);
    if (bytes === null || bytes >= (told === null ? leastBytes : enoughBytes)) {
      if (told !== null) troubles.clear('low-space');
      told = null;
      return;
    }
    // The figure is told anew when it has changed by a tenth, not at every look.
    if (told !== null && Math.abs(bytes - told) * 10 < told) return;
    told = bytes;
    troubles.raise('low-space', words(dataFolder, bytes));
  };

  return {
    start: look,
    stop: () => {
      timer?.cancel();
      troubles.clear('low-space');
    },
  };
}
