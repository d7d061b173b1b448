import { toInstant } from '../../contract/time.ts';
import type { SlotView, TraceEntry } from '../../contract/views.ts';
import { nextSlots, whyNever } from '../schedule/next-slots.ts';
import type { Slot } from '../schedule/types.ts';
import type { Plan } from '../scheduler/plan.ts';

/** A slot as it crosses the wire; its start is told where jitter has moved it. */
export function slotView({ at, startAt, local, trace }: Slot): SlotView {
  return {
    at: toInstant(at),
    local,
    trace: [...trace],
    ...(startAt === at ? {} : { startAt: toInstant(startAt) }),
  };
}

/** Coming slots as they cross the wire, or why there are none. */
export interface Coming {
  readonly next: SlotView[];
  readonly why: TraceEntry[];
}

/** The next slots of a plan with their reasons; why there are none, where there are none. */
export function coming(plan: Plan, afterMs: number, count: number): Coming {
  if (plan.rhythm === null) return { next: [], why: [] };
  const next = nextSlots(plan.rhythm, plan.hours, afterMs, count).map(slotView);
  const why = next.length > 0 ? [] : [...whyNever(plan.rhythm, plan.hours, afterMs)];
  return { next, why };
}
