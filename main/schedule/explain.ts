import type { TraceEntry } from '../../contract/views.ts';
import { closedSince, firstOpenFrom, isOpenAt, openSince } from './active-hours.ts';
import { dayNumberOf, daySeconds, secondOfDay, weekdayOf } from './civil.ts';
import { describeTrigger } from './describe.ts';
import { segmentAt } from './offsets.ts';
import { traceEntry, type Step } from './trace.ts';
import { triggerRule } from './trigger-rule.ts';
import type { ActiveHours, Rhythm } from './types.ts';
import { nextInstant, searchEnd } from './walk.ts';
import { clockWords, dateWords, whenWords } from './words.ts';
import { openDays, type OpenDays } from './week-windows.ts';

const always = openDays(null);
const shownDates = 3;

/** What hours without a name are called. */
function nameOf(hours: ActiveHours | null): string {
  return hours?.name ?? 'The hours';
}

function localOf(zone: string, second: number): number {
  return second + segmentAt(zone, second).offset;
}

function dayOf(local: number): number {
  return Math.floor(local / daySeconds);
}

/** What the clock change does to a time of the trigger, if one touches it. */
function clockChangeSteps(rhythm: Rhythm, reference: number, at: number): readonly Step[] {
  const segment = segmentAt(rhythm.timezone, at);
  const local = at + segment.offset;
  const day = dayOf(local);
  const date = dateWords(day, reference);
  const time = clockWords(local - day * daySeconds);
  if (local < segment.newFrom) return [{ code: 'second-pass', time, date }];
  const repeated = segmentAt(rhythm.timezone, segment.end);
  if (local >= repeated.start + repeated.offset && segment.end !== at)
    return [{ code: 'first-pass', time, date }];
  if (at !== segment.start || segment.gapFrom >= local) return [];
  const rule = triggerRule(rhythm.trigger);
  const second = local - day * daySeconds;
  if (rule.fixed && !(rule.nextDay(day, day) === day && rule.nextTime(second) === second))
    return [{ code: 'gap-moved', date, time }];
  const from = clockWords(((segment.gapFrom % daySeconds) + daySeconds) % daySeconds);
  return [{ code: 'gap-skipped', from, to: time, date }];
}

/** The excluded dates from one day to another that would have had a window; the first few by name. */
function excludedSteps(open: OpenDays, from: number, to: number, reference: number): Step[] {
  const days = open.excluded.filter(
    (day) => day >= from && day <= to && (open.windows[weekdayOf(day)]?.length ?? 0) > 0,
  );
  const steps: Step[] = days
    .slice(0, shownDates)
    .map((day) => ({ code: 'excluded', date: dateWords(day, reference) }));
  if (days.length > shownDates)
    steps.push({ code: 'excluded-more', count: days.length - shownDates });
  return steps;
}

/** Why the hours are closed at a time of the trigger. */
function closedSteps(
  hours: ActiveHours,
  zone: string,
  at: number,
  reference: number,
): readonly Step[] {
  const open = openDays(hours);
  const local = localOf(zone, at);
  const day = dayOf(local);
  const second = local - day * daySeconds;
  const within = open.windows[weekdayOf(day)]?.some((one) => one.from <= second && second < one.to);
  if (within === true && open.isExcluded(day)) return [];
  const since = closedSince(open, zone, at);
  if (since === null) return [{ code: 'closed-ever', hours: nameOf(hours) }];
  const before = localOf(zone, since - 1) + 1;
  return [{ code: 'closed', hours: nameOf(hours), time: whenWords(before, reference) }];
}

function explainOutside(
  rhythm: Rhythm,
  hours: ActiveHours,
  reference: number,
  first: number,
  at: number,
): readonly Step[] {
  const { timezone } = rhythm;
  const open = openDays(hours);
  const time = whenWords(localOf(timezone, at), reference);
  const steps: Step[] = [
    ...closedSteps(hours, timezone, first, reference),
    ...excludedSteps(
      open,
      dayOf(localOf(timezone, first)),
      dayOf(localOf(timezone, at)),
      reference,
    ),
  ];
  if (rhythm.outside === 'defer') return [...steps, { code: 'deferred', time }];
  const since = openSince(open, timezone, at + 1);
  if (since !== null && since > first)
    steps.push({ code: 'opening', time: whenWords(localOf(timezone, since), reference) });
  if (since !== at) steps.push({ code: 'trigger', trigger: describeTrigger(rhythm.trigger), time });
  return [...steps, ...clockChangeSteps(rhythm, reference, at)];
}

/**
 * Why a slot is when it is, as seen from `after` (all in whole epoch seconds): the trigger's own next
 * time, and, where that lies outside the hours, what closed them and when they open.
 * `trigger` is the trigger's time the slot stands for; earlier than `at` where it was put off.
 */
export function explainSlot(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  after: number,
  at: number,
  trigger: number,
): readonly TraceEntry[] {
  const { timezone } = rhythm;
  const reference = dayOf(localOf(timezone, after));
  const open = openDays(hours);
  let first = trigger;
  if (trigger === at && !open.always)
    first = nextInstant(triggerRule(rhythm.trigger), always, timezone, after, at) ?? at;
  const steps: Step[] = [
    {
      code: 'trigger',
      trigger: describeTrigger(rhythm.trigger),
      time: whenWords(localOf(timezone, first), reference),
    },
    ...clockChangeSteps(rhythm, reference, first),
  ];
  if (hours !== null && first !== at)
    steps.push(...explainOutside(rhythm, hours, reference, first, at));
  return steps.map(traceEntry);
}

/** Why there is no slot after a second: no date left, hours that never open, or the two never meet. */
export function explainNever(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  after: number,
): readonly TraceEntry[] {
  const { timezone, trigger } = rhythm;
  const words = describeTrigger(trigger);
  const first = nextInstant(triggerRule(trigger), always, timezone, after, searchEnd(after));
  const reference = dayOf(localOf(timezone, after));
  const whenOnce =
    trigger.kind === 'once'
      ? dayNumberOf(trigger.at) * daySeconds + secondOfDay(trigger.at.slice(11))
      : null;
  if (first === null)
    return [
      traceEntry(
        whenOnce !== null && whenOnce <= localOf(timezone, after)
          ? { code: 'passed', time: whenWords(whenOnce, reference) }
          : { code: 'no-date', trigger: words },
      ),
    ];
  const open = openDays(hours);
  const time = whenWords(localOf(timezone, first), reference);
  const steps: Step[] = [{ code: 'trigger', trigger: words, time }];
  if (hours !== null && !isOpenAt(open, timezone, first))
    steps.push(...closedSteps(hours, timezone, first, reference));
  steps.push(
    firstOpenFrom(open, timezone, after) === null
      ? { code: 'no-window', hours: nameOf(hours) }
      : { code: 'never-inside', trigger: words, hours: nameOf(hours) },
  );
  return steps.map(traceEntry);
}
