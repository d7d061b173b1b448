import type { TraceEntry } from '../../contract/views.ts';
import { closedSince, firstClosedFrom, firstOpenFrom, isOpenAt } from './active-hours.ts';
import { earliestSecond, searchSeconds, secondOf } from './bounds.ts';
import { daySeconds } from './civil.ts';
import { explainNever, explainSlot, type SlotFound } from './explain.ts';
import { jitterOf } from './jitter.ts';
import { dayOf, localOf } from './telling.ts';
import { traceEntry, type Step } from './trace.ts';
import { triggerRule, type TriggerRule } from './trigger-rule.ts';
import type { ActiveHours, Rhythm, Slot } from './types.ts';
import { nextInstant, searchEnd } from './walk.ts';
import { openDays, type OpenDays } from './week-windows.ts';
import { localIso } from './zone-data.ts';

/** A slot in whole epoch seconds, and the time of the trigger it stands for. */
type Found = Omit<SlotFound, 'after'>;

const always = openDays(null);

/** How far back a closed stretch is looked at first: most triggers have a time within a year. */
const recentSeconds = 400 * daySeconds;

/** A time of the trigger in the closed stretch that holds an instant, up to it; null where it has none. */
function timeWhileClosed(
  rule: TriggerRule,
  open: OpenDays,
  zone: string,
  at: number,
): number | null {
  for (const lookBack of [recentSeconds, searchSeconds]) {
    const earliest = Math.max(at - lookBack, earliestSecond);
    const since = closedSince(open, zone, at, earliest);
    const found = nextInstant(rule, always, zone, (since ?? earliest) - 1, at);
    if (found !== null || since !== null) return found;
  }
  return null;
}

/** `outside: defer`: each closed stretch with a time of the trigger in it has one slot, its opening. */
function nextDeferred(
  rule: TriggerRule,
  open: OpenDays,
  zone: string,
  after: number,
  until: number,
): Found | null {
  const opening = (from: number, trigger: number): Found | null => {
    const at = firstOpenFrom(open, zone, from);
    return at === null || at > until ? null : { at, trigger };
  };
  if (!isOpenAt(open, zone, after)) {
    const trigger = timeWhileClosed(rule, open, zone, after);
    if (trigger !== null) return opening(after, trigger);
  }
  const trigger = nextInstant(rule, always, zone, after, until);
  return trigger === null ? null : opening(trigger, trigger);
}

/** The slots after a second, one by one. */
function* slotsAfter(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  afterMs: number,
  untilMs: number = Number.POSITIVE_INFINITY,
): Generator<SlotFound, undefined, undefined> {
  const { timezone, outside } = rhythm;
  const rule = triggerRule(rhythm.trigger);
  const open = openDays(hours);
  let after = secondOf(afterMs);
  const until = Math.min(searchEnd(after), Math.floor(untilMs / 1_000));
  for (;;) {
    let found: Found | null;
    if (outside === 'defer' && !open.always)
      found = nextDeferred(rule, open, timezone, after, until);
    else {
      const at = nextInstant(rule, open, timezone, after, until);
      found = at === null ? null : { at, trigger: at };
    }
    if (found === null) return undefined;
    yield { ...found, after };
    after = found.at;
  }
}

/** When the run of a slot starts (rule 12), given the slot after it; all in whole epoch seconds. */
function startOf(
  { jitter, timezone }: Rhythm,
  hours: ActiveHours | null,
  at: number,
  next: number | undefined,
): number {
  if (jitter === undefined || jitter.seconds === 0) return at;
  const close = firstClosedFrom(openDays(hours), timezone, at);
  const end = Math.min(next ?? Number.POSITIVE_INFINITY, close ?? Number.POSITIVE_INFINITY);
  return at + jitterOf(jitter, at, end - at);
}

function slotOf(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  found: SlotFound,
  next: number | undefined,
): Slot {
  const { timezone } = rhythm;
  const start = startOf(rhythm, hours, found.at, next);
  const trace = explainSlot(rhythm, hours, found);
  const spread: Step = { code: 'jitter', seconds: start - found.at, at: localOf(timezone, start) };
  return {
    at: found.at * 1_000,
    startAt: start * 1_000,
    local: localIso(found.at * 1_000, timezone),
    trace:
      start === found.at
        ? trace
        : [...trace, traceEntry(spread, dayOf(localOf(timezone, found.after)))],
  };
}

/**
 * The next slots of a schedule, with the reason for each (design.md section 2, rules 1 to 6 and 12):
 * strictly after `afterMs` (epoch ms), strictly increasing, at most `count`, fewer or none where the
 * search ends 50 years on. The alarm, every screen and the command line all ask here. Null hours are
 * always open. Pure; never blocks for long, whatever is asked. An unknown zone or a cron expression
 * that can't be read is refused as `invalid`.
 */
export function nextSlots(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  afterMs: number,
  count: number,
): readonly Slot[] {
  const slots: Slot[] = [];
  if (count < 1) return slots;
  const following = slotsAfter(rhythm, hours, afterMs);
  // Without jitter a slot doesn't depend on the one after it, which then isn't looked for.
  const ahead = (rhythm.jitter?.seconds ?? 0) > 0;
  let found = following.next().value;
  while (found !== undefined) {
    const last = slots.length === count - 1;
    const next: SlotFound | undefined = last && !ahead ? undefined : following.next().value;
    slots.push(slotOf(rhythm, hours, found, next?.at));
    if (last) break;
    found = next;
  }
  return slots;
}

/** A slot's instant and when its run starts, both epoch ms. */
export interface Start {
  readonly at: number;
  readonly startAt: number;
}

/** The first slot after `afterMs` without its reasons: what the alarm is set by. Null where none comes. */
export function nextStart(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  afterMs: number,
): Start | null {
  const count = (rhythm.jitter?.seconds ?? 0) > 0 ? 2 : 1;
  const [at, next] = nextInstants(rhythm, hours, afterMs, count);
  if (at === undefined) return null;
  if (count === 1) return { at, startAt: at };
  const start = startOf(rhythm, hours, at / 1_000, next === undefined ? next : next / 1_000);
  return { at, startAt: start * 1_000 };
}

/**
 * The instants alone of `nextSlots`, in epoch ms, no later than `untilMs`: for counting many, as after
 * a long sleep, where nobody reads the reasons.
 */
export function nextInstants(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  afterMs: number,
  count: number,
  untilMs: number = Number.POSITIVE_INFINITY,
): readonly number[] {
  const instants: number[] = [];
  if (count < 1) return instants;
  for (const { at } of slotsAfter(rhythm, hours, afterMs, untilMs)) {
    instants.push(at * 1_000);
    if (instants.length >= count) break;
  }
  return instants;
}

/**
 * Why there is no slot after `afterMs`; empty where there is one. At least one entry otherwise: the
 * trigger has no date left, the hours never open, or the two never meet.
 */
export function whyNever(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  afterMs: number,
): readonly TraceEntry[] {
  if (nextInstants(rhythm, hours, afterMs, 1).length > 0) return [];
  return explainNever(rhythm, hours, secondOf(afterMs));
}

/**
 * The newest slot in `(afterMs, untilMs]` (epoch ms), or null. Halves the stretch that may hold it, so
 * that a long stretch of many slots costs no more than some dozen questions.
 */
export function lastInstant(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  afterMs: number,
  untilMs: number,
): number | null {
  const firstAfter = (ms: number): number | undefined =>
    nextInstants(rhythm, hours, ms, 1, untilMs)[0];
  let newest = firstAfter(afterMs) ?? null;
  let noneAfter = untilMs;
  while (newest !== null && noneAfter - newest > 1_000) {
    const middle: number = newest + Math.floor((noneAfter - newest) / 2);
    const found = firstAfter(middle);
    if (found === undefined) noneAfter = middle;
    else newest = found;
  }
  if (newest === null) return null;
  return firstAfter(newest) ?? newest;
}
