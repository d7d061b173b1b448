import type { NoticeName, ZoneComparison, ZoneMove, ZonesView } from '../../contract/zones.ts';
import { toInstant } from '../../contract/time.ts';
import type { Changes } from '../changes.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import { compareZone, zoneDifferenceText, type ZoneDifference } from '../schedule/zone-check.ts';
import { counted } from '../schedule/words.ts';
import type { Entry } from '../scheduler/book.ts';
import type { Writer } from '../store/statement.ts';
import type { SystemZones } from '../zones/system-zones.ts';
import { openZoneNotices, type KeptMove } from './zone-notices.ts';

/** How long after the start zones are compared first: the window comes before. */
const firstLookMs = 3_000;
/** How long an edit's zones may wait to be compared; many edits together are looked at once. */
const gatherMs = 1_000;
const dayMs = 24 * 3_600_000;

/** What the watch is made of. */
export interface ZoneWatchParts {
  readonly db: Writer;
  readonly clock: Clock;
  readonly log: Log;
  readonly changes: Changes;
  readonly systemZones: SystemZones;
  readonly entries: () => readonly Entry[];
  /** This computer's zone, as the scheduler has it. */
  readonly zone: () => string;
  /** The zone of schedules that name none; null is this computer's. */
  readonly usualZone: () => string | null;
  /** Tells every window how the host is now. */
  readonly tellHost: () => void;
  /** Hears what a look by itself fails with; throws what is no fault of the database. */
  readonly hearFault: (error: unknown) => void;
}

/** Watches the zones in use: moves of this computer, and zone data that differs from the system's. */
export interface ZoneWatch {
  view(): ZonesView;
  /** A scheduler begins: notices what has changed since the last one, and compares from now on. */
  start(): void;
  /** The scheduler has noticed a move. */
  moved(from: string, to: string): void;
  dismiss(notice: Extract<NoticeName, 'zone-move' | 'zone-data'>): void;
  /** Compares now. */
  compare(): Promise<ZoneComparison>;
  /** Compares no more. */
  stop(): void;
}

/** "3 schedules follow it; 2 keep their own zone." */
function followWords(follow: number, keep: number): string {
  if (follow + keep === 0) return '';
  const own = keep === 1 ? 'keeps its own zone' : 'keep their own zone';
  if (follow === 0) return ` No schedule follows it; ${String(keep)} ${own}.`;
  const follows = `${counted(follow, 'schedule')} ${follow === 1 ? 'follows' : 'follow'} it`;
  return keep === 0 ? ` ${follows}.` : ` ${follows}; ${String(keep)} ${own}.`;
}

/** Zones that can't be read, because a schedule's row is broken or its zone is gone, are doctor's affair. */
async function compareAll(
  { systemZones, log }: ZoneWatchParts,
  zones: readonly string[],
  nowMs: number,
): Promise<ZoneComparison> {
  const system = await systemZones.version();
  const untold: string[] = [];
  const found: ZoneDifference[] = [];
  let agreed = 0;
  for (const zone of zones) {
    try {
      const answer = await compareZone(zone, nowMs, (...asked) => systemZones.offsetsOf(...asked));
      if (answer === null) agreed += 1;
      else if (answer === 'untold') untold.push(zone);
      else found.push(answer);
    } catch (error) {
      log.warn('zone not compared', { zone, error: String(error) });
      untold.push(zone);
    }
  }
  const differences = found.map((difference) => ({
    zone: difference.zone,
    at: toInstant(difference.atMs),
    ours: difference.ours,
    systems: difference.systems,
    text: zoneDifferenceText(difference, system),
  }));
  return { system, agreed, untold, differences };
}

/** What tells one set of differences from another; not `at`, which for one that has begun is now. */
function nameOf({ differences }: ZoneComparison): string {
  return differences.map(({ zone, ours, systems }) => [zone, ours, systems].join(' ')).join(', ');
}

/** The watch over the zones of one host. */
export function createZoneWatch(parts: ZoneWatchParts): ZoneWatch {
  const { db, clock, log, changes, entries } = parts;
  const notices = openZoneNotices(db, clock, log);
  let comparison: ZoneComparison | null = null;
  let compared = '';
  let told = '';
  let timer: Timer | null = null;
  let daily: Timer | null = null;
  let unsubscribe: (() => void) | null = null;

  const zonesInUse = (): readonly string[] => {
    const zones = new Set([parts.zone()]);
    const usual = parts.usualZone();
    if (usual !== null) zones.add(usual);
    for (const { plan } of entries()) zones.add(plan.timezone);
    return [...zones].sort();
  };

  const moveView = ({ from, to, atMs }: KeptMove): ZoneMove => {
    const all = entries();
    const follow =
      parts.usualZone() === null
        ? all.filter(({ stored }) => stored.document.timezone === undefined).length
        : 0;
    const keep = all.length - follow;
    const text = `This computer moved from ${from} to ${to}.${followWords(follow, keep)}`;
    return { from, to, at: toInstant(atMs), follow, keep, text };
  };

  const view = (): ZonesView => {
    const was = notices.was();
    const move = notices.move();
    return {
      was: was === null ? null : { tz: was.tz, until: toInstant(was.untilMs) },
      move: move === null ? null : moveView(move),
      comparison,
      warns:
        comparison !== null &&
        comparison.differences.length > 0 &&
        notices.seen() !== nameOf(comparison),
    };
  };

  /** Tells the windows, where something they show has changed. */
  const tell = (): void => {
    const now = JSON.stringify(view());
    if (now === told) return;
    told = now;
    parts.tellHost();
  };

  const compare = async (): Promise<ZoneComparison> => {
    const zones = zonesInUse();
    const found = await compareAll(parts, zones, clock.now());
    compared = zones.join();
    if (comparison !== null && nameOf(comparison) === nameOf(found)) {
      // One that had begun when it was found would begin anew at each look.
      comparison = { ...found, differences: comparison.differences };
      return comparison;
    }
    for (const { text } of found.differences) log.warn('zone data differs', { what: text });
    comparison = found;
    return comparison;
  };

  const lookAgain = async (): Promise<void> => {
    await compare();
    if (unsubscribe !== null) tell();
  };

  const gather = (delayMs: number): void => {
    timer ??= clock.after(delayMs, () => {
      timer = null;
      if (zonesInUse().join() === compared) tell();
      else void lookAgain().catch(parts.hearFault);
    });
  };

  const everyDay = (): void => {
    daily = clock.after(dayMs, () => {
      everyDay();
      void lookAgain().catch(parts.hearFault);
    });
  };

  return {
    view,
    start: () => {
      notices.begin(parts.zone());
      told = JSON.stringify(view());
      unsubscribe = changes.subscribe(({ name }) => {
        if (name === 'schedule' || name === 'scheduleRemoved' || name === 'settings')
          gather(gatherMs);
      });
      gather(firstLookMs);
      everyDay();
    },
    moved: (from, to) => {
      notices.moved(from, to);
      told = JSON.stringify(view());
      gather(gatherMs);
    },
    dismiss: (notice) => {
      if (notice === 'zone-move') notices.putMoveAway();
      else if (comparison !== null) notices.putDifferencesAway(nameOf(comparison));
      tell();
    },
    compare,
    stop: () => {
      unsubscribe?.();
      unsubscribe = null;
      timer?.cancel();
      daily?.cancel();
    },
  };
}
