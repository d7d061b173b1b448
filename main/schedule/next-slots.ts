import type { TraceEntry } from '../../contract/views.ts';
import { closedSince, firstOpenFrom, isOpenAt } from './active-hours.ts';
import { secondOf } from './bounds.ts';
import { explainNever, explainSlot, type SlotFound } from './explain.ts';
import { triggerRule, type TriggerRule } from './trigger-rule.ts';
import type { ActiveHours, Rhythm, Slot } from './types.ts';
import { nextInstant, searchEnd } from './walk.ts';
import { openDays, type OpenDays } from './week-windows.ts';
import { localIso } from './zone-data.ts';

/** A slot in whole epoch seconds, and the time of the trigger it stands for. */
type Found = Omit<SlotFound, 'after'>;

const always = openDays(null);

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
    const since = closedSince(open, zone, after) ?? after - (until - after);
    const trigger = nextInstant(rule, always, zone, since - 1, after);
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
): Generator<SlotFound, void, undefined> {
  const { timezone, outside } = rhythm;
  const rule = triggerRule(rhythm.trigger);
  const open = openDays(hours);
  let after = secondOf(afterMs);
  const until = searchEnd(after);
  for (;;) {
    let found: Found | null;
    if (outside === 'defer' && !open.always)
      found = nextDeferred(rule, open, timezone, after, until);
    else {
      const at = nextInstant(rule, open, timezone, after, until);
      found = at === null ? null : { at, trigger: at };
    }
    if (found === null) return;
    yield { ...found, after };
    after = found.at;
  }
}

/**
 * The next slots of a schedule, with the reason for each (design.md section 2, rules 1 to 6): strictly
 * after `afterMs` (epoch ms), strictly increasing, at most `count`, fewer or none where the search
 * ends 50 years on. The alarm, every screen and the command line all ask here. Null hours are always
 * open. Pure; never blocks for long, whatever is asked. An unknown zone or a cron expression that
 * can't be read is refused as `invalid`.
 */
export function nextSlots(
  rhythm: Rhythm,
  hours: ActiveHours | null,
  afterMs: number,
  count: number,
): readonly Slot[] {
  const slots: Slot[] = [];
  if (count < 1) return slots;
  for (const found of slotsAfter(rhythm, hours, afterMs)) {
    slots.push({
      at: found.at * 1_000,
      local: localIso(found.at * 1_000, rhythm.timezone),
      trace: explainSlot(rhythm, hours, found),
    });
    if (slots.length >= count) break;
  }
  return slots;
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
  for (const { at } of slotsAfter(rhythm, hours, afterMs)) {
    if (at * 1_000 > untilMs) break;
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
