import type { TraceEntry } from '../../contract/views.ts';
import { firstOpenFrom, isOpenAt, openSince } from './active-hours.ts';
import { dayNumberOf, daySeconds, secondOfDay } from './civil.ts';
import { closuresAt, closuresBetween, weekClosed } from './closed-steps.ts';
import { describeTrigger } from './describe.ts';
import { segmentAt } from './offsets.ts';
import { dayOf, localOf, tell, type Telling } from './telling.ts';
import { traceEntry, type Step } from './trace.ts';
import type { ActiveHours, Rhythm } from './types.ts';
import { gapSwallowed, nextInstant, searchEnd } from './walk.ts';
import { openDays } from './week-windows.ts';

const always = openDays(null);

/** A slot to be explained, all in whole epoch seconds. */
export interface SlotFound {
  /** What was asked: the slot is the first one after it. */
  readonly after: number;
  readonly at: number;
  /** The time of the trigger it stands for: earlier than `at` where it was put off. */
  readonly trigger: number;
}

/** The trigger's own time, as an instant. */
export function triggerStep({ rhythm }: Telling, at: number): Step {
  const trigger = describeTrigger(rhythm.trigger);
  return { code: 'trigger', trigger, at: localOf(rhythm.timezone, at) };
}

/** The time a gap swallowed that runs at its end instead. */
function movedStep({ rule, rhythm }: Telling, at: number, local: number): Step | null {
  const segment = segmentAt(rhythm.timezone, at);
  const day = dayOf(local);
  if (!rule.fixed || at !== segment.start || !gapSwallowed(rule, segment, day)) return null;
  const from = Math.max(segment.gapFrom, day * daySeconds) - day * daySeconds;
  return { code: 'gap-moved', at: day * daySeconds + (rule.nextTime(from) ?? from) };
}

/** What a clock change does to a time of the trigger that is the first one after `after`. */
function clockChangeSteps(telling: Telling, after: number, at: number): readonly Step[] {
  const { rule, rhythm } = telling;
  const segment = segmentAt(rhythm.timezone, at);
  const local = at + segment.offset;
  if (local < segment.newFrom) return [{ code: 'second-pass', at: local }];
  const next = segmentAt(rhythm.timezone, segment.end);
  if (local >= next.start + next.offset) return [{ code: 'first-pass', at: local }];
  const moved = movedStep(telling, at, local);
  if (moved !== null) return [moved];
  if (segment.start <= after || !gapSwallowed(rule, segment)) return [];
  return [{ code: 'gap-skipped', from: segment.gapFrom, to: segment.start + segment.offset }];
}

/** How a time outside the hours led to this slot. */
function outsideSteps(telling: Telling, first: number, at: number): readonly Step[] {
  const { open, rhythm } = telling;
  const { timezone } = rhythm;
  const steps: Step[] = [...weekClosed(telling, first), ...closuresBetween(telling, first, at)];
  if (rhythm.outside === 'defer')
    return [...steps, { code: 'deferred', at: localOf(timezone, at) }];
  const since = openSince(open, timezone, at + 1);
  if (since !== null) steps.push({ code: 'opening', at: localOf(timezone, since) });
  if (since !== at) steps.push(triggerStep(telling, at));
  return [...steps, ...clockChangeSteps(telling, at - 1, at)];
}

/**
 * Why a slot is when it is, as seen from what was asked: the trigger's own next time, what a clock
 * change does to it, and, where it lies outside the hours, what closed them and when they open.
 */
export function explainSlot(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  found: SlotFound,
): readonly TraceEntry[] {
  const { after, at, trigger } = found;
  const telling = tell(rhythm, hours, after);
  const { rule, open } = telling;
  const first =
    trigger === at && !open.always && rhythm.outside === 'skip'
      ? (nextInstant(rule, always, rhythm.timezone, after, at) ?? at)
      : trigger;
  const steps = [triggerStep(telling, first), ...clockChangeSteps(telling, after, first)];
  if (first !== at) steps.push(...outsideSteps(telling, first, at));
  return steps.map((step) => traceEntry(step, telling.reference));
}

/** The step for a trigger without any time left. */
function noTimeStep({ rhythm }: Telling, after: number): Step {
  const { trigger, timezone } = rhythm;
  if (trigger.kind === 'once') {
    const only = dayNumberOf(trigger.at) * daySeconds + secondOfDay(trigger.at.slice(11));
    if (only <= localOf(timezone, after)) return { code: 'passed', at: only };
  }
  return { code: 'no-date', trigger: describeTrigger(trigger) };
}

function neverSteps(telling: Telling, after: number): readonly Step[] {
  const { rule, open, rhythm, hours } = telling;
  const { timezone } = rhythm;
  const first = nextInstant(rule, always, timezone, after, searchEnd(after));
  if (first === null) return [noTimeStep(telling, after)];
  const step = triggerStep(telling, first);
  if (firstOpenFrom(open, timezone, after) === null) return [step, { code: 'no-window', hours }];
  const closed = isOpenAt(open, timezone, first) ? [] : closuresAt(telling, first);
  const trigger = describeTrigger(rhythm.trigger);
  return [step, ...closed, { code: 'never-inside', trigger, hours }];
}

/** Why there is no slot after a second: no date left, hours that never open, or the two never meet. */
export function explainNever(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  after: number,
): readonly TraceEntry[] {
  const telling = tell(rhythm, hours, after);
  return neverSteps(telling, after).map((step) => traceEntry(step, telling.reference));
}
