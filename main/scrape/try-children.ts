import type { Clock, Timer } from '../clock.ts';
import type { Child } from './children.ts';

/** How long a child waits for the next try-out. */
const restMs = 60_000;

/** After so many try-outs a child makes room for a fresh one. */
const triesMost = 20;

/** The children that serve try-outs: unlike those of runs, one serves several, as selectors are typed. */
export interface TryChildren {
  take(): Child;
  /** Takes a child back that has told its answer. */
  giveBack(child: Child): void;
  /** Forgets the resting children; whoever owns them ends them. */
  stop(): void;
}

/** Keeps a child for a minute after its try-out, so that the next answer comes at once. */
export function createTryChildren(clock: Clock, begin: () => Child): TryChildren {
  const resting = new Map<Child, Timer>();
  const tries = new WeakMap<Child, number>();
  let stopped = false;

  return {
    take: () => {
      for (const [child, timer] of resting) {
        timer.cancel();
        resting.delete(child);
        if (child.alive) return child;
      }
      return begin();
    },
    giveBack: (child) => {
      const served = (tries.get(child) ?? 0) + 1;
      tries.set(child, served);
      if (stopped || served >= triesMost) {
        child.kill();
        return;
      }
      child.rest();
      const timer = clock.after(restMs, () => {
        resting.delete(child);
        child.kill();
      });
      resting.set(child, timer);
    },
    stop: () => {
      stopped = true;
      for (const timer of resting.values()) timer.cancel();
      resting.clear();
    },
  };
}
