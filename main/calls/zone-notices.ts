import { isTimeZone } from '../../contract/time.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { zoneDataVersion } from '../schedule/zone-data.ts';
import { readDocument } from '../store/documents.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { inTransaction, type Writer } from '../store/statement.ts';

/** A move of this computer that nobody has put away yet. */
export interface KeptMove {
  readonly from: string;
  readonly to: string;
  readonly atMs: number;
}

/** The edition of the zone data at the last start, and the one before it. */
interface KeptEdition {
  readonly tz: string;
  readonly was: { readonly tz: string; readonly untilMs: number } | null;
}

/** The names under which these things are kept. */
const editionMeta = 'zoneData';
const zoneMeta = 'zone';
const moveMeta = 'zoneMove';
const seenMeta = 'zoneDifferencesSeen';

/** What is remembered of zones over restarts. */
export interface ZoneNotices {
  /** The edition before the one in use. */
  was(): KeptEdition['was'];
  move(): KeptMove | null;
  /** The differences a person has put away, as they were then; null where none. */
  seen(): string | null;
  /**
   * A scheduler begins in this zone: another edition of the zone data, or another zone than the last
   * scheduler's, is noticed and kept. A command that starts none leaves no trace.
   */
  begin(zone: string): void;
  /** This computer has moved. Moves that nobody has put away add up; one back home leaves nothing to say. */
  moved(from: string, to: string): void;
  putMoveAway(): void;
  putDifferencesAway(differences: string): void;
}

function read(db: Writer, name: string): unknown {
  const text = readMeta(db, name);
  return text === null ? null : (readDocument(text) ?? null);
}

/** Whether two names mean one zone: an update may prefer the other, Asia/Kolkata or Asia/Calcutta. */
function isSameZone(one: string, other: string): boolean {
  const [first, second] = [one, other].map((zone) =>
    isTimeZone(zone)
      ? new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
      : zone,
  );
  return first === second;
}

/** What the database remembers of zones. Where it can't be written, it is remembered until the end. */
export function openZoneNotices(db: Writer, clock: Clock, log: Log): ZoneNotices {
  let edition = read(db, editionMeta) as KeptEdition | null;
  let move = read(db, moveMeta) as KeptMove | null;
  let seen = readMeta(db, seenMeta);

  /** A full disk must keep no schedule from running. */
  const write = (values: Readonly<Record<string, string | null>>): void => {
    try {
      inTransaction(db, () => {
        for (const [name, value] of Object.entries(values)) writeMeta(db, name, value);
      });
    } catch (error) {
      log.error('zone not remembered', { error: String(error) });
    }
  };

  const moved = (from: string, to: string): void => {
    const home = move?.from ?? from;
    move = home === to ? null : { from: home, to, atMs: clock.now() };
    write({ [moveMeta]: move === null ? null : JSON.stringify(move), [zoneMeta]: to });
  };

  const beginEdition = (): void => {
    const tz = zoneDataVersion();
    if (edition?.tz === tz) return;
    if (edition !== null) log.info('zone data changed', { from: edition.tz, to: tz });
    edition = { tz, was: edition === null ? null : { tz: edition.tz, untilMs: clock.now() } };
    write({ [editionMeta]: JSON.stringify(edition) });
  };

  return {
    was: () => edition?.was ?? null,
    move: () => move,
    seen: () => seen,
    begin: (zone) => {
      beginEdition();
      const last = readMeta(db, zoneMeta);
      if (last === zone) return;
      if (last === null || isSameZone(last, zone)) {
        write({ [zoneMeta]: zone });
        return;
      }
      log.info('computer zone changed', { from: last, to: zone, while: 'not running' });
      moved(last, zone);
    },
    moved,
    putMoveAway: () => {
      move = null;
      write({ [moveMeta]: null });
    },
    putDifferencesAway: (differences) => {
      seen = differences;
      write({ [seenMeta]: seen });
    },
  };
}
