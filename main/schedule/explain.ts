import type { TraceEntry } from '../../contract/views.ts';
import { closedSince, firstOpenFrom, isOpenAt, openSince } from './active-hours.ts';
import { dayNumberOf, daySeconds, secondOfDay, weekdayOf } from './civil.ts';
import { describeTrigger } from './describe.ts';
import { segmentAt } from './offsets.ts';
import { traceEntry, type Step } from './trace.ts';
import { triggerRule, type TriggerRule } from './trigger-rule.ts';
import type { ActiveHours, Rhythm } from './types.ts';
import { gapSwallowed, nextInstant, searchEnd } from './walk.ts';
import { clockWords, dateWords, whenWords } from './words.ts';
import { openDays, type OpenDays } from './week-windows.ts';

const always = openDays(null);
const shownDates = 3;

/** A slot to be explained, all in whole epoch seconds. */
export interface SlotFound {
  /** What was asked: the slot is the first one after it. */
  readonly after: number;
  readonly at: number;
  /** The time of the trigger it stands for: earlier than `at` where it was put off. */
  readonly trigger: number;
}

/** What the steps of one explanation share. */
interface Telling {
  readonly rhythm: Rhythm;
  readonly rule: TriggerRule;
  readonly open: OpenDays;
  /** What the hours are called. */
  readonly hours: string;
  /** The local day from which the words see every time. */
  readonly reference: number;
}

function localOf(zone: string, second: number): number {
  return second + segmentAt(zone, second).offset;
}

function dayOf(local: number): number {
  return Math.floor(local / daySeconds);
}

function tell(rhythm: Rhythm, hours: ActiveHours | null, after: number): Telling {
  return {
    rhythm,
    rule: triggerRule(rhythm.trigger),
    open: openDays(hours),
    hours: hours?.name ?? 'The hours',
    reference: dayOf(localOf(rhythm.timezone, after)),
  };
}

/** An instant in words, seen from the day asked. */
function when(telling: Telling, second: number): string {
  return whenWords(localOf(telling.rhythm.timezone, second), telling.reference);
}

function triggerStep(telling: Telling, second: number): Step {
  const trigger = describeTrigger(telling.rhythm.trigger);
  return { code: 'trigger', trigger, time: when(telling, second) };
}

/** The time a gap swallowed that runs at its end instead. */
function movedStep(telling: Telling, at: number, local: number): Step | null {
  const { rule, rhythm, reference } = telling;
  const segment = segmentAt(rhythm.timezone, at);
  const day = dayOf(local);
  if (!rule.fixed || at !== segment.start || !gapSwallowed(rule, segment, day)) return null;
  const from = Math.max(segment.gapFrom, day * daySeconds) - day * daySeconds;
  const time = clockWords(rule.nextTime(from) ?? from);
  return { code: 'gap-moved', time, date: dateWords(day, reference) };
}

/** What a clock change does to a time of the trigger that is the first one after `after`. */
function clockChangeSteps(telling: Telling, after: number, at: number): readonly Step[] {
  const { rule, rhythm, reference } = telling;
  const segment = segmentAt(rhythm.timezone, at);
  const local = at + segment.offset;
  const day = dayOf(local);
  const twice = { time: clockWords(local - day * daySeconds), date: dateWords(day, reference) };
  if (local < segment.newFrom) return [{ code: 'second-pass', ...twice }];
  const next = segmentAt(rhythm.timezone, segment.end);
  if (local >= next.start + next.offset) return [{ code: 'first-pass', ...twice }];
  const moved = movedStep(telling, at, local);
  if (moved !== null) return [moved];
  if (segment.start <= after || !gapSwallowed(rule, segment)) return [];
  const to = segment.start + segment.offset;
  return [
    {
      code: 'gap-skipped',
      from: whenWords(segment.gapFrom, reference),
      to:
        dayOf(to) === dayOf(segment.gapFrom)
          ? clockWords(to - day * daySeconds)
          : whenWords(to, reference),
    },
  ];
}

/** The first index of a sorted list whose value is at least `least`. */
function lowerBound(values: readonly number[], least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The excluded dates from one day to another that would have had a window; the first few by name. */
function excludedSteps(telling: Telling, from: number, to: number): readonly Step[] {
  const { excluded, windows } = telling.open;
  const days = excluded
    .slice(lowerBound(excluded, from), lowerBound(excluded, to + 1))
    .filter((day) => (windows[weekdayOf(day)]?.length ?? 0) > 0);
  const steps: Step[] = days
    .slice(0, shownDates)
    .map((day) => ({ code: 'excluded', date: dateWords(day, telling.reference) }));
  if (days.length > shownDates)
    steps.push({ code: 'excluded-more', count: days.length - shownDates });
  return steps;
}

/** Why the hours are closed at an instant; nothing where only its date, named elsewhere, is to blame. */
function closedSteps(telling: Telling, at: number): readonly Step[] {
  const { open, rhythm, hours, reference } = telling;
  const local = localOf(rhythm.timezone, at);
  const day = dayOf(local);
  const second = local - day * daySeconds;
  const week = open.windows[weekdayOf(day)] ?? [];
  if (week.some((one) => one.from <= second && second < one.to)) return [];
  const since = closedSince(open, rhythm.timezone, at);
  if (since === null) return [];
  const closed = localOf(rhythm.timezone, since - 1) + 1;
  const midnight = closed % daySeconds === 0;
  const time = midnight
    ? `${dayOf(closed) - 1 === reference ? '' : `${dateWords(dayOf(closed) - 1, reference)} `}24:00`
    : whenWords(closed, reference);
  return [{ code: 'closed', hours, time }];
}

/** How a time outside the hours led to this slot. */
function outsideSteps(telling: Telling, first: number, at: number): readonly Step[] {
  const { open, rhythm } = telling;
  const { timezone } = rhythm;
  const steps: Step[] = [
    ...closedSteps(telling, first),
    ...excludedSteps(telling, dayOf(localOf(timezone, first)), dayOf(localOf(timezone, at))),
  ];
  if (rhythm.outside === 'defer') return [...steps, { code: 'deferred', time: when(telling, at) }];
  const since = openSince(open, timezone, at + 1);
  if (since !== null) steps.push({ code: 'opening', time: when(telling, since) });
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
  return steps.map(traceEntry);
}

/** The step for a trigger without any time left. */
function noTimeStep(telling: Telling, after: number): Step {
  const { trigger, timezone } = telling.rhythm;
  if (trigger.kind === 'once') {
    const only = dayNumberOf(trigger.at) * daySeconds + secondOfDay(trigger.at.slice(11));
    if (only <= localOf(timezone, after))
      return { code: 'passed', time: whenWords(only, telling.reference) };
  }
  return { code: 'no-date', trigger: describeTrigger(trigger) };
}

/** Why there is no slot after a second: no date left, hours that never open, or the two never meet. */
export function explainNever(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  after: number,
): readonly TraceEntry[] {
  const telling = tell(rhythm, hours, after);
  const { rule, open } = telling;
  const first = nextInstant(rule, always, rhythm.timezone, after, searchEnd(after));
  if (first === null) return [traceEntry(noTimeStep(telling, after))];
  const steps: Step[] = [triggerStep(telling, first)];
  if (firstOpenFrom(open, rhythm.timezone, after) === null)
    steps.push({ code: 'no-window', hours: telling.hours });
  else {
    if (!isOpenAt(open, rhythm.timezone, first)) steps.push(...closedSteps(telling, first));
    const trigger = describeTrigger(rhythm.trigger);
    steps.push({ code: 'never-inside', trigger, hours: telling.hours });
  }
  return steps.map(traceEntry);
}
