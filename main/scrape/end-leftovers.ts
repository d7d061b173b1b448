import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import { endMarked } from './end-marked.ts';
import { folderMark } from './marks.ts';

/** How long killed processes have to be gone; one that hangs in the system's hands isn't waited for. */
const goneMs = 5_000;

const lookMs = 10;

/** A child's watchdog looks for its parent more than ten times in this time. */
const watchdogsMs = 500;

function wait(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}

function isThere(pid: number): boolean {
  try {
    return readFileSync(`/proc/${String(pid)}/environ`).length > 0;
  } catch {
    return false;
  }
}

/**
 * Ends the scrape children that an earlier leader of this data folder left, with all they have started,
 * and waits until they are gone; answers how many there were. For a new leader, before it starts any of
 * its own: the lead is what makes every marked child a leftover. Where processes can't be found by their
 * mark (anywhere but on Linux) it gives the children's own watchdogs the time to end them, and answers 0.
 */
export async function endLeftovers(dataFolder: string, clock: Clock): Promise<number> {
  if (process.platform !== 'linux') {
    await wait(clock, watchdogsMs);
    return 0;
  }
  const killed = endMarked(folderMark(dataFolder), { existsSync, readdirSync, readFileSync });
  const untilMs = clock.monotonic() + goneMs;
  while (killed.some(isThere) && clock.monotonic() < untilMs) await wait(clock, lookMs);
  return killed.length;
}
