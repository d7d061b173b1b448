import type { TraceEntry } from '../../contract/views.ts';
import { isOpenAt, firstOpenFrom } from './active-hours.ts';
import { daySeconds } from './civil.ts';
import { closuresAt } from './closed-steps.ts';
import { describeTrigger } from './describe.ts';
import { triggerStep } from './explain.ts';
import { lastInstant, nextInstants, nextSlots } from './next-slots.ts';
import { segmentAt, type Segment } from './offsets.ts';
import { localOf, tell, type Telling } from './telling.ts';
import { traceEntry, type Step } from './trace.ts';
import type { ActiveHours, Rhythm, Slot } from './types.ts';
import { nextInstant } from './walk.ts';
import { openDays } from './week-windows.ts';

const always = openDays(null);

/** How far back the run before a time is looked for: a leap year, so that yearly ones are found. */
const lookBackMs = 366 * daySeconds * 1_000;

/** What the engine says of one wall time. */
export interface TimeExplained {
  /** The instants at which the clock shows it, epoch ms: none in a gap, two where it repeats. */
  readonly at: readonly number[];
  readonly runs: boolean;
  /** Why it runs then, or why it doesn't: at least one entry. */
  readonly why: readonly TraceEntry[];
  readonly before: Slot | null;
  readonly after: Slot | null;
}

/** Where a wall time lies: the instants that show it, and where there is none, the stretch after its gap. */
function placeOf(
  zone: string,
  local: number,
): { readonly instants: readonly number[]; readonly gap: Segment | null } {
  const instants: number[] = [];
  let gap: Segment | null = null;
  // An offset is less than a day, so the walk begins before the time and ends after it.
  for (let at = local - daySeconds; at <= local + daySeconds;) {
    const segment = segmentAt(zone, at);
    const opens = segment.start + segment.offset;
    if (segment.gapFrom <= local && local < opens) gap = segment;
    if (opens <= local && local < segment.end + segment.offset)
      instants.push(local - segment.offset);
    at = segment.end;
  }
  return { instants, gap };
}

/** The trigger's own times next to one that isn't of them. */
function notATime(telling: Telling, at: number): Step {
  const { rhythm } = telling;
  const { timezone } = rhythm;
  const plain = { ...rhythm, outside: 'skip' as const };
  const atMs = at * 1_000;
  const earlier = lastInstant(plain, null, atMs - lookBackMs, atMs);
  const later = nextInstants(plain, null, atMs, 1)[0];
  const wall = (ms: number | null | undefined): number | undefined =>
    ms === null || ms === undefined ? undefined : localOf(timezone, ms / 1_000);
  return {
    code: 'not-a-time',
    trigger: describeTrigger(rhythm.trigger),
    at: localOf(timezone, at),
    earlier: wall(earlier),
    later: wall(later),
  };
}

/** Why nothing runs at an instant that is no slot. */
function whyNot(telling: Telling, at: number): readonly Step[] {
  const { rule, open, rhythm } = telling;
  const { timezone } = rhythm;
  if (nextInstant(rule, always, timezone, at - 1, at) === null) return [notATime(telling, at)];
  const closed = isOpenAt(open, timezone, at) ? [] : closuresAt(telling, at);
  const opens = firstOpenFrom(open, timezone, at);
  const hours = telling.hours;
  if (opens === null) return [triggerStep(telling, at), ...closed, { code: 'no-window', hours }];
  const code = rhythm.outside === 'defer' ? 'deferred' : 'opening';
  return [triggerStep(telling, at), ...closed, { code, at: localOf(timezone, opens) }];
}

function neighbours(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  fromMs: number,
  toMs: number,
): Pick<TimeExplained, 'before' | 'after'> {
  const earlier = lastInstant(rhythm, hours, fromMs - lookBackMs, fromMs - 1);
  const slotAfter = (ms: number): Slot | null => nextSlots(rhythm, hours, ms, 1)[0] ?? null;
  return { before: earlier === null ? null : slotAfter(earlier - 1_000), after: slotAfter(toMs) };
}

/**
 * Whether a schedule runs when the wall clock of its zone shows a time (a local second), and why, or why
 * not: it isn't one of the trigger's times, it lies in a gap, or the hours are closed then. Asks the
 * same engine as `nextSlots`; says nothing of pauses. The run before is looked for a year back.
 */
export function explainTime(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  local: number,
): TimeExplained {
  const { timezone } = rhythm;
  const { instants, gap } = placeOf(timezone, local);
  const at = instants.map((second) => second * 1_000);
  const [first = gap?.start ?? local] = instants;
  const telling = tell(rhythm, hours, first);
  const slots = at.flatMap((ms) => {
    const [slot] = nextSlots(rhythm, hours, ms - 1_000, 1);
    return slot?.at === ms ? [slot] : [];
  });
  const around = neighbours(rhythm, hours, first * 1_000, at.at(-1) ?? first * 1_000 - 1);
  const [slot] = slots;
  if (slot !== undefined)
    return { at, runs: true, why: slots.flatMap(({ trace }) => trace), ...around };
  const steps: readonly Step[] =
    instants.length === 0 && gap !== null
      ? [{ code: 'in-gap', at: local, from: gap.gapFrom, to: gap.start + gap.offset }]
      : whyNot(telling, first);
  return {
    at,
    runs: false,
    why: steps.map((step) => traceEntry(step, telling.reference)),
    ...around,
  };
}
