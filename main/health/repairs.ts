import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Troubles } from './troubles.ts';

/** How long a repair is shown, unless somebody dismisses it. */
const shownMs = 24 * 3_600_000;
/** So many repairs within so long, and the host is opened afresh: what ails it is not what was mended. */
const mostRepairs = 3;
const withinMs = 10 * 60_000;

/** What repairs are noted with. */
export interface RepairParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly troubles: Troubles;
  /** Opens the app inside the host afresh. */
  readonly restart: () => void;
}

/** The repairs of a host: logged, shown for a day, and counted. It outlives the app inside the host. */
export interface Repairs {
  /**
   * Notes one repair, told as a sentence. The third within 10 minutes restarts the host, which it does
   * once in 10 minutes at the most.
   */
  note(what: string): void;
  /** Shows them no more. */
  dismiss(): void;
  stop(): void;
}

/** No repairs yet. Intervals are measured on the monotonic clock: a wall clock that jumps is one cause of repairs. */
export function createRepairs({ clock, log, troubles, restart }: RepairParts): Repairs {
  let recentMs: readonly number[] = [];
  let restartedMs = -Infinity;
  let shown = 0;
  let timer: Timer | null = null;

  const dismiss = (): void => {
    timer?.cancel();
    timer = null;
    shown = 0;
    troubles.clear('repaired');
  };

  const show = (what: string): void => {
    shown += 1;
    const often = shown === 1 ? '' : ` It is the repair number ${String(shown)} of late.`;
    troubles.raise('repaired', {
      message: `Jackdaw mended itself: ${what}${often}`,
      remedy:
        'Nothing needs to be done. Where it happens again and again, look into the log and report it.',
    });
    timer?.cancel();
    timer = clock.after(shownMs, dismiss, 'idle');
  };

  return {
    note: (what) => {
      const nowMs = clock.monotonic();
      recentMs = [...recentMs.filter((atMs) => nowMs - atMs < withinMs), nowMs];
      log.warn('repaired', { what });
      show(what);
      if (recentMs.length < mostRepairs || nowMs - restartedMs < withinMs) return;
      restartedMs = nowMs;
      log.warn('host restarts', { repairs: recentMs.length });
      restart();
    },
    dismiss,
    stop: () => timer?.cancel(),
  };
}
