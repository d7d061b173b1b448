import { constants, getPriority, setPriority } from 'node:os';

const { PRIORITY_BELOW_NORMAL: low } = constants.priority;

/**
 * Lets everything else on this computer go first: whoever works at it, and Jackdaw itself, whose schedules
 * must not start late because pages are being read. On Linux it holds for the calling thread and those it
 * starts from now on. Where the system doesn't allow it, nothing changes.
 */
export function giveWay(): void {
  try {
    if (getPriority() < low) setPriority(low);
  } catch {
    // A page is read at the usual priority, then.
  }
}
