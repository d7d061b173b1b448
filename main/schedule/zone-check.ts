import { daySeconds } from './civil.ts';
import { secondOf } from './bounds.ts';
import { segmentAt } from './offsets.ts';
import { zoneDataVersion } from './zone-data.ts';
import { clockWords, counted, dateWords } from './words.ts';
import { offsetText } from './zone-data.ts';

/** How far ahead zone data is compared: 13 months, so that each clock change of a year is seen. */
const aheadSeconds = 396 * daySeconds;

const minute = 60;
const hour = 3_600;

/** Where two editions of the zone data part: from an instant on they have different offsets for a zone. */
export interface ZoneDifference {
  readonly zone: string;
  /** The first instant (epoch ms) they differ, at the earliest now. */
  readonly atMs: number;
  /** Whether they differed at once: then it began at `atMs` or earlier. */
  readonly already: boolean;
  /** Our offset there, and the system's, in seconds east of UTC. */
  readonly ours: number;
  readonly systems: number;
}

/**
 * The instants (epoch ms, ascending) at which a zone's offsets are compared: now, each day of the coming
 * 13 months, and the seconds before and at each of our own clock changes.
 */
export function instantsToCompare(zone: string, nowMs: number): readonly number[] {
  const now = secondOf(nowMs);
  const until = now + aheadSeconds;
  const seconds = new Set([now]);
  for (let second = now + daySeconds; second <= until; second += daySeconds) seconds.add(second);
  for (let { end } = segmentAt(zone, now); end <= until; { end } = segmentAt(zone, end))
    seconds.add(end - 1).add(end);
  return [...seconds].sort((a, b) => a - b).map((second) => second * 1_000);
}

/** The minutes (epoch ms) between an instant of agreement and one of difference, that one included. */
export function minutesBetween(agreedMs: number, differentMs: number): readonly number[] {
  const from = Math.floor(agreedMs / 1_000 / minute) + 1;
  const until = differentMs / 1_000;
  const minutes: number[] = [];
  for (let at = from * minute; at < until; at += minute) minutes.push(at * 1_000);
  return [...minutes, differentMs];
}

/** The place in `instantsMs` where our offsets and the system's first differ; -1 where they never do. */
export function firstDifferent(
  zone: string,
  instantsMs: readonly number[],
  systems: readonly number[],
): number {
  return instantsMs.findIndex(
    (atMs, index) => segmentAt(zone, secondOf(atMs)).offset !== systems[index],
  );
}

/**
 * Compares our offsets of a zone with the system's, for the coming 13 months: the first difference, to
 * the minute, null where there is none. `'untold'` where the system can't tell.
 */
export async function compareZone(
  zone: string,
  nowMs: number,
  systemsOf: (zone: string, instantsMs: readonly number[]) => Promise<readonly number[] | null>,
): Promise<ZoneDifference | 'untold' | null> {
  const found = async (instantsMs: readonly number[]) => {
    const systems = await systemsOf(zone, instantsMs);
    if (systems === null) return 'untold';
    const index = firstDifferent(zone, instantsMs, systems);
    const atMs = instantsMs[index];
    if (atMs === undefined) return null;
    const { offset } = segmentAt(zone, secondOf(atMs));
    return { zone, atMs, ours: offset, systems: systems[index] ?? offset, index };
  };
  const instantsMs = instantsToCompare(zone, nowMs);
  const rough = await found(instantsMs);
  if (rough === null || rough === 'untold') return rough;
  const agreedMs = instantsMs[rough.index - 1];
  const fine = agreedMs === undefined ? rough : await found(minutesBetween(agreedMs, rough.atMs));
  // Between the two questions the system's data may have been replaced.
  if (fine === null || fine === 'untold') return fine;
  const { atMs, ours, systems } = fine;
  return { zone, atMs, already: agreedMs === undefined, ours, systems };
}

function lengthWords(seconds: number): string {
  if (seconds === hour) return 'an hour';
  if (seconds % hour === 0) return counted(seconds / hour, 'hour');
  return counted(Math.round(seconds / minute), 'minute');
}

function edition(version: string | null): string {
  return version === null ? '' : ` (${version})`;
}

/** What to do where the editions differ; the older one is to be replaced. */
export function zoneRemedy(systemVersion: string | null): string {
  const own = zoneDataVersion();
  // Editions are a year and a letter: their order as text is their order in time.
  if (systemVersion === null || systemVersion === own || own === 'unknown')
    return 'update Jackdaw or this computer’s system';
  return systemVersion < own
    ? 'update this computer’s system, whose zone data is older'
    : 'update Jackdaw, whose zone data is older';
}

/** The difference as one sentence: which zone, from when, which data says what, and what to do. */
export function zoneDifferenceText(
  { zone, atMs, already, ours, systems }: ZoneDifference,
  systemVersion: string | null,
): string {
  const local = secondOf(atMs) + ours;
  const day = Math.floor(local / daySeconds);
  const when = `from ${dateWords(day, -1)} at ${clockWords(local - day * daySeconds)}`;
  const off = lengthWords(Math.abs(ours - systems));
  return (
    `${zone}: ${already ? 'already now' : when} Jackdaw’s zone data${edition(zoneDataVersion())} says ` +
    `UTC${offsetText(ours)}, this computer’s${edition(systemVersion)} UTC${offsetText(systems)}; ` +
    `runs there go by Jackdaw’s and may be ${off} off${already ? '' : ' from then'}: ${zoneRemedy(systemVersion)}.`
  );
}
