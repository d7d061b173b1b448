import { secondOf } from '../bounds.ts';
import { daySeconds } from '../civil.ts';
import { nextInstants } from '../next-slots.ts';
import { segmentAt, type Segment } from '../offsets.ts';
import type { TriggerRule } from '../trigger-rule.ts';
import { clockWords, dateWords, whenWords } from '../words.ts';
import type { Finding } from './findings.ts';
import type { TimedSubject } from './subject.ts';

/** How many clock changes a rhythm must fall into, one after the other, to fall into nothing else. */
const changesLookedAt = 20;
/** How far ahead the first of them is looked for, in days: ten years. */
const daysLookedAt = 3_653;
/** More than any wall clock differs from UTC, and than any clock change skips. */
const farthest = 2 * daySeconds;

/** The gap in a zone's wall clock that a local second falls in: the segment right after it; or null. */
function gapAt(zone: string, local: number): Segment | null {
  let at = local - farthest;
  while (at <= local + farthest) {
    const segment = segmentAt(zone, at);
    if (segment.gapFrom <= local && local < segment.start + segment.offset) return segment;
    at = segment.end;
  }
  return null;
}

/** The next time on a wall clock that never changes, in local seconds; null where there is none. */
function nextPlain({ rhythm, hours }: TimedSubject, local: number): number | null {
  const [next] = nextInstants({ ...rhythm, timezone: 'UTC' }, hours, local * 1_000, 1);
  return next === undefined ? null : next / 1_000;
}

interface Skipped {
  readonly local: number;
  readonly gap: Segment;
  readonly times: 'all' | 'one';
}

/** The first time that a clock change skips, where the rhythm has no other ones; else null. */
function onlySkipped(subject: TimedSubject, local: number): Skipped | null {
  const zone = subject.timezone;
  let skipped: Omit<Skipped, 'times'> | null = null;
  let after = local;
  for (let change = 0; change < changesLookedAt; change += 1) {
    const plain = nextPlain(subject, after);
    if (plain === null)
      return skipped === null ? null : { ...skipped, times: change === 1 ? 'one' : 'all' };
    const gap = gapAt(zone, plain);
    if (gap === null) return null;
    skipped ??= { local: plain, gap };
    after = gap.start + gap.offset - 1;
  }
  return skipped === null ? null : { ...skipped, times: 'all' };
}

/**
 * Runs only at times that clock changes skip: found on a wall clock that never changes, and compared
 * with the zone's own. Each is moved to the end of the gap or dropped (rule 3); `next` is what the
 * engine answers for the zone, null for nothing.
 */
export function gapFindings(
  subject: TimedSubject,
  rule: TriggerRule,
  nowMs: number,
  next: number | null,
): readonly Finding[] {
  const now = secondOf(nowMs);
  const today = now + segmentAt(subject.timezone, now).offset;
  const first = Math.floor(today / daySeconds);
  // Spares a rhythm without any date the search for one through 50 years.
  if (rule.nextDay(first, first + daysLookedAt) === null) return [];
  const skipped = onlySkipped(subject, today);
  if (skipped === null) return [];
  const { local, gap, times } = skipped;
  const day = Math.floor(local / daySeconds);
  return [
    {
      code: 'gap-only',
      path: 'trigger',
      time: clockWords(local - day * daySeconds),
      date: dateWords(day, first),
      from: whenWords(gap.gapFrom, day),
      to: whenWords(gap.start + gap.offset, day),
      effect: next === gap.start * 1_000 ? 'moved' : 'dropped',
      times,
    },
  ];
}
