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

/** A run that was enough: what it ended with, when it began, and until when others are skipped. */
export interface EnoughState {
  readonly what: 'success' | 'change';
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** Something that must hold for a schedule to run. */
export interface ConditionState {
  readonly needs: 'power' | 'network';
  readonly known: 'yes' | 'no';
}

/** What may hold a schedule up. */
export interface HoldInput {
  readonly enabled: boolean;
  /** Whether its one time has come and gone. */
  readonly finished?: boolean;
  readonly pause: PauseState | null;
  readonly hostPause: PauseState | null;
  /** What has been enough for the stretch of its next slot (rule 13), and until when. */
  readonly enough?: EnoughState | null;
  /** Its last slot's next attempt; one that waits for the network gives up at `atMs`. */
  readonly retry?: { readonly atMs: number; readonly waitsFor: 'network' | null } | null;
  /** What must hold for it to run, and whether this host can tell. */
  readonly conditions?: readonly ConditionState[];
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
  const { enough } = input;
  if (enough !== undefined && enough !== null && untilMs !== null && untilMs < enough.untilMs) {
    const at = localOf(timezone, secondOf(enough.sinceMs));
    const until = localOf(timezone, secondOf(enough.untilMs));
    steps.push({ code: 'enough', what: enough.what, at, until });
    untilMs = enough.untilMs - 1_000;
  }
  return { steps, untilMs };
}

/** What is told of a schedule's last slot that is still to be tried again. */
function retrySteps({ retry, timezone }: HoldInput): readonly Step[] {
  if (retry === undefined || retry === null) return [];
  const at = localOf(timezone, secondOf(retry.atMs));
  return [retry.waitsFor === 'network' ? { code: 'no-network', until: at } : { code: 'retry', at }];
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
  const reasons = [...retrySteps(input), ...steps].map((step) => traceEntry(step, reference));
  return { reasons, fromMs: untilMs };
}

/** What must hold besides, in words. */
export function conditionSteps({ conditions = [] }: HoldInput): readonly TraceEntry[] {
  return conditions.map((condition) => traceEntry({ code: 'condition', ...condition }, 0));
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
  const isHeld = fromMs !== input.now;
  const afterMs = !isHeld && pendingAt !== undefined ? pendingAt - 1_000 : fromMs;
  const [slot] = nextSlots(rhythm, hours, afterMs, 1);
  if (slot === undefined)
    return { slot: null, trace: [...reasons, ...explainNever(rhythm, hours, secondOf(afterMs))] };
  return { slot, trace: [...reasons, ...slot.trace, ...conditionSteps(input)] };
}
