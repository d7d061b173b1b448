import type { TraceEntry } from '../../contract/views.ts';
import { secondOf } from './bounds.ts';
import { daySeconds } from './civil.ts';
import { explainNever } from './explain.ts';
import { nextSlots } from './next-slots.ts';
import { segmentAt } from './offsets.ts';
import { traceEntry, type Step } from './trace.ts';
import type { ActiveHours, Rhythm, Slot } from './types.ts';
import { whenWords } from './words.ts';

/** A pause of one schedule or of all; `untilMs` null lasts until someone resumes. */
export interface PauseState {
  readonly untilMs: number | null;
  readonly why: 'user' | 'failures';
}

/** What the next run of a schedule depends on. */
export interface ShownInput {
  readonly enabled: boolean;
  /** Whether its one time has come and gone. */
  readonly finished?: boolean;
  readonly pause: PauseState | null;
  readonly hostPause: PauseState | null;
  readonly rhythm: Rhythm;
  readonly hours: ActiveHours | null;
  readonly now: number;
}

/** The next run as every screen shows it, and why then, or why never: at least one entry. */
export interface Shown {
  readonly slot: Slot | null;
  readonly trace: readonly TraceEntry[];
}

/** Words for the end of a pause; empty where it has none. */
function untilWords(input: ShownInput, untilMs: number | null): string {
  if (untilMs === null) return '';
  const { timezone } = input.rhythm;
  const local = (ms: number): number => {
    const second = secondOf(ms);
    return second + segmentAt(timezone, second).offset;
  };
  return whenWords(local(untilMs), Math.floor(local(input.now) / daySeconds));
}

/** The pauses that still hold, each as a step; the latest end, null where one has none. */
function holding(input: ShownInput): { readonly steps: Step[]; readonly untilMs: number | null } {
  const holds = (pause: PauseState | null): pause is PauseState =>
    pause !== null && (pause.untilMs === null || pause.untilMs > input.now);
  const steps: Step[] = [];
  let untilMs: number | null = input.now;
  for (const pause of [input.hostPause, input.pause]) {
    if (!holds(pause)) continue;
    const until = untilWords(input, pause.untilMs);
    steps.push(
      pause === input.hostPause
        ? { code: 'all-paused', until }
        : { code: 'paused', why: pause.why, until },
    );
    untilMs = untilMs === null || pause.untilMs === null ? null : Math.max(untilMs, pause.untilMs);
  }
  return { steps, untilMs };
}

/**
 * The next run of a schedule as every screen shows it (design.md section 2, rule 1): `nextSlots` after
 * what stands before it. A schedule that is off, finished, or paused without an end has none; one
 * paused until some time has its first slot after that time. The reason comes first in the trace.
 */
export function nextShown(input: ShownInput): Shown {
  const { rhythm, hours } = input;
  if (!input.enabled) return { slot: null, trace: [traceEntry({ code: 'off' })] };
  if (input.finished === true) return { slot: null, trace: [traceEntry({ code: 'finished' })] };
  const { steps, untilMs } = holding(input);
  const reasons = steps.map(traceEntry);
  if (untilMs === null) return { slot: null, trace: reasons };
  const [slot] = nextSlots(rhythm, hours, untilMs, 1);
  if (slot === undefined)
    return { slot: null, trace: [...reasons, ...explainNever(rhythm, hours, secondOf(untilMs))] };
  return { slot, trace: [...reasons, ...slot.trace] };
}
