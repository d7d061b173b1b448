import { isOpen, openStretch } from '../schedule/active-hours.ts';
import { nextInstants, nextStart, type Start } from '../schedule/next-slots.ts';
import type { Plan } from './plan.ts';

/** The open stretch an attempt starts in; nulls where the hours are always open. */
export interface StartWindow {
  readonly openedAtMs: number | null;
  readonly closesAtMs: number | null;
}

/** There is no slot between these two; null where none comes after the first. */
interface Gap {
  readonly afterMs: number;
  readonly nextMs: number | null;
}

/** What was found last for a plan. A slot is judged, entered and passed by the same few answers. */
interface Found {
  /** The gaps before a slot and after it: by both of them each schedule with the plan is judged. */
  gaps: readonly Gap[];
  stretch: (StartWindow & { readonly openedAtMs: number }) | null;
}

// By the plan itself: whatever may change an answer makes a new one.
const found = new WeakMap<Plan, Found>();

function foundOf(plan: Plan): Found {
  const known = found.get(plan);
  if (known !== undefined) return known;
  const none = { gaps: [], stretch: null };
  found.set(plan, none);
  return none;
}

function isIn({ afterMs, nextMs }: Gap, atMs: number): boolean {
  // That none comes is a matter of how far one has looked from there.
  return afterMs <= atMs && atMs < (nextMs ?? afterMs + 1);
}

/** The first slot of a plan after an instant (epoch ms); null where none comes, and for chains. */
export function nextSlotMs(plan: Plan, afterMs: number): number | null {
  if (plan.rhythm === null) return null;
  const known = foundOf(plan);
  const gap = known.gaps.find((one) => isIn(one, afterMs));
  if (gap !== undefined) return gap.nextMs;
  const nextMs = nextInstants(plan.rhythm, plan.hours, afterMs, 1)[0] ?? null;
  known.gaps = [{ afterMs, nextMs }, ...known.gaps.slice(0, 1)];
  return nextMs;
}

/** The same slot with the start of its run, which jitter may put off. */
export function nextStartOf(plan: Plan, afterMs: number): Start | null {
  if (plan.rhythm?.jitter !== undefined) return nextStart(plan.rhythm, plan.hours, afterMs);
  const at = nextSlotMs(plan, afterMs);
  return at === null ? null : { at, startAt: at };
}

function isWithin(stretch: NonNullable<Found['stretch']>, atMs: number): boolean {
  return stretch.openedAtMs <= atMs && atMs < (stretch.closesAtMs ?? Infinity);
}

const noStretch: StartWindow = { openedAtMs: null, closesAtMs: null };

/**
 * The united open stretch of a plan that holds an instant; nulls where the hours are always open, and
 * while they are closed.
 */
export function stretchAt(plan: Plan, atMs: number): StartWindow {
  if (plan.hours === null) return noStretch;
  const known = foundOf(plan);
  const { stretch } = known;
  if (stretch !== null && isWithin(stretch, atMs)) return stretch;
  const open = openStretch(plan.hours, plan.timezone, atMs);
  if (open === null) return noStretch;
  known.stretch = { openedAtMs: open.openAt, closesAtMs: open.closeAt };
  return known.stretch;
}

/** Whether a plan's hours are open at an instant (epoch ms). */
export function isOpenAt(plan: Plan, atMs: number): boolean {
  if (plan.hours === null) return true;
  const stretch = found.get(plan)?.stretch ?? null;
  if (stretch !== null && isWithin(stretch, atMs)) return true;
  return isOpen(plan.hours, plan.timezone, atMs);
}
