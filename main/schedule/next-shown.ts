import type { TraceEntry } from '../../contract/views.ts';
import { secondOf } from './bounds.ts';
import { explainNever } from './explain.ts';
import { nextSlots } from './next-slots.ts';
import { dayOf, localOf } from './telling.ts';
import { traceEntry, type Step } from './trace.ts';
import type { ActiveHours, Rhythm, Slot } from './types.ts';

/** A pause of one schedule or of all; `untilMs` null lasts until someone resumes. */
export interface PauseState {
  readonly untilMs: number | null;
  readonly why: 'user' | 'failures';
}

/** What may hold a schedule up. */
export interface HoldInput {
  readonly enabled: boolean;
  /** Whether its one time has come and gone. */
  readonly finished?: boolean;
  readonly pause: PauseState | null;
  readonly hostPause: PauseState | null;
  /** In whose times it is told. */
  readonly timezone: string;
  readonly now: number;
}

/** What the next run of a schedule depends on. */
export interface ShownInput extends HoldInput {
  readonly rhythm: Rhythm;
  readonly hours: ActiveHours | null;
  /** A slot whose time has come while its start, put off by jitter, has not (epoch ms). */
  readonly pendingAt?: number | undefined;
}

/** The next run as every screen shows it, and why then, or why never: at least one entry. */
export interface Shown {
  readonly slot: Slot | null;
  readonly trace: readonly TraceEntry[];
}

/** The pauses that still hold, each as a step; the latest end, null where one has none. */
function holding(input: HoldInput): { readonly steps: Step[]; readonly untilMs: number | null } {
  const { timezone } = input;
  const holds = (pause: PauseState | null): pause is PauseState =>
    pause !== null && (pause.untilMs === null || pause.untilMs > input.now);
  const steps: Step[] = [];
  let untilMs: number | null = input.now;
  for (const pause of [input.hostPause, input.pause]) {
    if (!holds(pause)) continue;
    const until =
      pause.untilMs === null ? {} : { until: localOf(timezone, secondOf(pause.untilMs)) };
    steps.push(
      pause === input.hostPause
        ? { code: 'all-paused', ...until }
        : { code: 'paused', why: pause.why, ...until },
    );
    untilMs = untilMs === null || pause.untilMs === null ? null : Math.max(untilMs, pause.untilMs);
  }
  return { steps, untilMs };
}

/** Why a schedule doesn't run at present: it is off, finished or paused; and from when on it runs again. */
export function holdUps(input: HoldInput): {
  readonly reasons: readonly TraceEntry[];
  /** Its slots after this instant run; null while none does. */
  readonly fromMs: number | null;
} {
  const reference = dayOf(localOf(input.timezone, secondOf(input.now)));
  if (!input.enabled) return { reasons: [traceEntry({ code: 'off' }, reference)], fromMs: null };
  if (input.finished === true)
    return { reasons: [traceEntry({ code: 'finished' }, reference)], fromMs: null };
  const { steps, untilMs } = holding(input);
  return { reasons: steps.map((step) => traceEntry(step, reference)), fromMs: untilMs };
}

/**
 * The next run of a schedule as every screen shows it (design.md section 2, rule 1): `nextSlots` after
 * what stands before it. A schedule that is off, finished, or paused without an end has none; one
 * paused until some time has its first slot after that time. The reason comes first in the trace.
 */
export function nextShown(input: ShownInput): Shown {
  const { rhythm, hours, pendingAt } = input;
  const { reasons, fromMs } = holdUps(input);
  if (fromMs === null) return { slot: null, trace: reasons };
  // A slot whose run jitter has put off is still to come.
  const afterMs = reasons.length === 0 && pendingAt !== undefined ? pendingAt - 1_000 : fromMs;
  const [slot] = nextSlots(rhythm, hours, afterMs, 1);
  if (slot === undefined)
    return { slot: null, trace: [...reasons, ...explainNever(rhythm, hours, secondOf(afterMs))] };
  return { slot, trace: [...reasons, ...slot.trace] };
}
