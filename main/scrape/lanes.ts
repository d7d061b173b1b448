import type { Clock, Timer } from '../clock.ts';

/** The lanes of all hosts: whoever wants to send a request asks here first. */
export interface Lanes {
  /**
   * Calls `go` once the host may be asked: at least the gap after the last leave given for it, in the
   * order of asking. May call it at once. The function it answers gives the place in the lane up.
   */
  ask(hostname: string, go: () => void): () => void;
}

interface Lane {
  readonly waiting: (() => void)[];
  /** When the next leave may be given, in monotonic milliseconds. */
  freeAtMs: number;
  timer: Timer | null;
}

/** Whether a host name, as URLs have it, means this computer. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * Lanes by host name, shared by all runs of a host: one site is never asked faster than the gap, however
 * many schedules read it. The gap is asked anew each time; there is none on the loopback.
 */
export function createLanes(clock: Clock, gapMs: () => number): Lanes {
  const lanes = new Map<string, Lane>();

  const serve = (lane: Lane): void => {
    lane.timer = null;
    const nowMs = clock.monotonic();
    const go = nowMs >= lane.freeAtMs ? lane.waiting.shift() : undefined;
    if (go !== undefined) {
      lane.freeAtMs = nowMs + gapMs();
      go();
    }
    const restMs = lane.freeAtMs - clock.monotonic();
    if (restMs > 0 && lane.waiting.length > 0)
      lane.timer = clock.after(restMs, () => {
        serve(lane);
      });
    else if (lane.waiting.length > 0) serve(lane);
  };

  const laneOf = (hostname: string): Lane => {
    const nowMs = clock.monotonic();
    for (const [name, lane] of lanes)
      if (lane.waiting.length === 0 && lane.freeAtMs <= nowMs) lanes.delete(name);
    const lane = lanes.get(hostname) ?? { waiting: [], freeAtMs: 0, timer: null };
    lanes.set(hostname, lane);
    return lane;
  };

  return {
    ask: (hostname, go) => {
      if (isLoopback(hostname)) {
        go();
        return () => undefined;
      }
      const lane = laneOf(hostname);
      lane.waiting.push(go);
      if (lane.timer === null) serve(lane);
      return () => {
        const place = lane.waiting.indexOf(go);
        if (place >= 0) lane.waiting.splice(place, 1);
        if (lane.waiting.length === 0) {
          lane.timer?.cancel();
          lane.timer = null;
        }
      };
    },
  };
}
