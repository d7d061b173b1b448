import type { ClockChange } from '../../contract/preview.ts';
import { toInstant } from '../../contract/time.ts';
import { closedSince, isOpenAt } from './active-hours.ts';
import { searchSeconds, secondOf } from './bounds.ts';
import { daySeconds } from './civil.ts';
import type { ClosedCalendar, ClosedYear } from './closed-calendar.ts';
import { clockChangeText, touchedText, type TouchedTime, type WallChange } from './clock-words.ts';
import { nextInstants } from './next-slots.ts';
import { segmentAt } from './offsets.ts';
import { dayOf, localOf } from './telling.ts';
import { triggerRule } from './trigger-rule.ts';
import type { ActiveHours, Rhythm } from './types.ts';
import { openDays } from './week-windows.ts';
import { wallText } from './zone-data.ts';

/** Changes of the wall clock are looked for this far ahead. */
const aheadSeconds = 3 * 366 * daySeconds;
/** So many times of a stretch are counted: each second of an hour. */
const maxCounted = 3_600;
const shownTimes = 20;

/** The changes of a zone's wall clock after an instant, the first `count` of the coming years. */
function nextChanges(zone: string, after: number, count: number): readonly WallChange[] {
  const changes: WallChange[] = [];
  let segment = segmentAt(zone, after);
  while (changes.length < count && segment.end < after + aheadSeconds) {
    const next = segmentAt(zone, segment.end);
    if (next.offset !== segment.offset)
      changes.push({
        at: next.start,
        from: next.start + segment.offset,
        to: next.start + next.offset,
      });
    segment = next;
  }
  return changes;
}

/** The schedule's instants from one second to another, not included. */
function instantsIn(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  from: number,
  to: number,
): readonly number[] {
  const untilMs = (to - 1) * 1_000;
  const instants = nextInstants(rhythm, hours, (from - 1) * 1_000, maxCounted, untilMs);
  return instants.map((ms) => ms / 1_000);
}

/** A year of a calendar whose times are all those of the zone's wall clock. */
function floatingYear(closed: ClosedYear, zone: string): ClosedYear {
  const times = closed.times.map((time) =>
    time.floating
      ? time
      : { ...time, floating: true, from: localOf(zone, time.from), to: localOf(zone, time.to) },
  );
  return { days: closed.days, times };
}

/** The hours as the wall clock alone sees them: closed times, too, are those of the clock. */
function wallHours(hours: ActiveHours | null, zone: string): ActiveHours | null {
  if (hours?.calendars === undefined) return hours;
  const calendars = hours.calendars.map((calendar): ClosedCalendar => ({
    kind: calendar.kind,
    closedIn: (year) => {
      const closed = calendar.closedIn(year);
      return closed === undefined ? closed : floatingYear(closed, zone);
    },
  }));
  return { ...hours, calendars };
}

/** The same rhythm on a clock that never changes, that of UTC. */
function onPlainClock(rhythm: Rhythm): Rhythm {
  return { ...rhythm, timezone: 'UTC' };
}

/** Whether a time of the trigger waits outside the hours when the clock changes. */
function isWaiting(rhythm: Rhythm, hours: ActiveHours | null, at: number): boolean {
  const open = openDays(hours);
  if (isOpenAt(open, rhythm.timezone, at - 1)) return false;
  const since = closedSince(open, rhythm.timezone, at - 1) ?? at - searchSeconds;
  const own: Rhythm = { ...rhythm, outside: 'skip' };
  return nextInstants(own, null, (since - 1) * 1_000, 1, (at - 1) * 1_000).length > 0;
}

/** The first run from a clock change on, and whether other days have one at its wall time too. */
function firstRun(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  at: number,
): { readonly at: number; readonly local: number; readonly meets: boolean } | null {
  const { timezone } = rhythm;
  const [firstMs] = nextInstants(rhythm, hours, (at - 1) * 1_000, 1);
  if (firstMs === undefined) return null;
  const local = localOf(timezone, firstMs / 1_000);
  const usual = instantsIn(onPlainClock(rhythm), wallHours(hours, timezone), local, local + 1);
  return { at: firstMs / 1_000, local, meets: usual.length > 0 };
}

/**
 * What a skipped stretch does to the times in it. Which these are, the engine says by the clock of UTC,
 * which skips none; where they go, its first run from the change on. A fixed time outside the hours that
 * comes to lie inside them counts too: it runs on that day alone.
 */
function skippedTimes(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  { at, from, to }: WallChange,
): readonly TouchedTime[] {
  const defers = rhythm.outside === 'defer';
  const plain = onPlainClock(rhythm);
  const usual = new Set(instantsIn(plain, wallHours(hours, rhythm.timezone), from, to));
  const own =
    hours === null ? usual : new Set(instantsIn({ ...plain, outside: 'skip' }, null, from, to));
  const first = firstRun(rhythm, hours, at);
  const { fixed } = triggerRule(rhythm.trigger);
  const arrives = (local: number): boolean => fixed && dayOf(local) === dayOf(to);
  const openings = [...usual].some((local) => !own.has(local));
  const waits = openings && (isWaiting(rhythm, hours, at) || [...own].some(arrives));
  const moves = (local: number): boolean =>
    own.has(local) ? arrives(local) && (first?.at === at || defers) : waits;
  const strays = first?.at === at && !first.meets && !defers;
  const astray = strays ? [...own].filter((local) => arrives(local) && !usual.has(local)) : [];
  return [...usual, ...astray]
    .sort((a, b) => a - b)
    .map((local) =>
      first !== null && moves(local)
        ? { local, effect: 'moved', at: [first.at], runsAt: first.local, meets: first.meets }
        : { local, effect: 'vanishes', at: [], runsAt: null, meets: false },
    );
}

/** What a repeated stretch does to the times in it: the engine's own runs in both its passes. */
function repeatedTimes(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  { at, from, to }: WallChange,
): readonly TouchedTime[] {
  const length = from - to;
  const first = instantsIn(rhythm, hours, at - length, at);
  const second = instantsIn(rhythm, hours, at, at + length);
  // Where a pass has more than are counted, what lies behind the last of them is unknown.
  const known = Math.min(
    (first[maxCounted - 1] ?? at) - at + from,
    (second[maxCounted - 1] ?? at + length) - at + to,
  );
  const passes = new Map<number, number[]>();
  for (const run of [...first, ...second]) {
    const local = localOf(rhythm.timezone, run);
    if (local > known) continue;
    const runs = passes.get(local);
    if (runs === undefined) passes.set(local, [run]);
    else runs.push(run);
  }
  return [...passes]
    .sort(([a], [b]) => a - b)
    .map(([local, runs]) => {
      const one = (runs[0] ?? at) < at ? 'first-only' : 'moved';
      const effect = runs.length > 1 ? 'repeats' : one;
      return { local, effect, at: runs, runsAt: local, meets: false };
    });
}

/**
 * The next clock changes of a schedule's zone after `nowMs` (epoch ms), at most `count` and at most
 * three years ahead, and what rule 3 does to the schedule's times in the stretch that is skipped or
 * comes twice. Empty for a zone without changes.
 *
 * Every instant is one of `nextInstants`. Times the hours drop anyway are left out. A time put off
 * (`outside: defer`) stands at its opening; one whose opening comes only in the second pass has
 * `moved`. Twenty times are listed; `more` counts the
 * rest, up to 3,600 in all.
 */
export function clockChanges(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  nowMs: number,
  count = 2,
): ClockChange[] {
  const now = secondOf(nowMs);
  const reference = dayOf(localOf(rhythm.timezone, now));
  return nextChanges(rhythm.timezone, now, count).map((change) => {
    const { at, from, to } = change;
    const forward = to > from;
    const touched = forward
      ? skippedTimes(rhythm, hours, change)
      : repeatedTimes(rhythm, hours, change);
    const shown = touched.slice(0, shownTimes);
    return {
      at: toInstant(at * 1_000),
      from: wallText(from),
      to: wallText(to),
      kind: forward ? 'forward' : 'back',
      times: shown.map((time) => ({
        local: wallText(time.local),
        effect: time.effect,
        at: time.at.map((second) => toInstant(second * 1_000)),
        text: touchedText(change, time, touched),
      })),
      more: touched.length - shown.length,
      text: clockChangeText(change, touched, reference),
    };
  });
}
