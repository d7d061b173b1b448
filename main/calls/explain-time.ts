import type { CheckedInput } from '../../contract/calls.ts';
import type { ExplainedTime } from '../../contract/preview.ts';
import { invalid } from '../../contract/result.ts';
import { toInstant } from '../../contract/time.ts';
import { explainTime, type TimeExplained } from '../schedule/explain-time.ts';
import { holdUps } from '../schedule/next-shown.ts';
import type { Entry } from '../scheduler/book.ts';
import { planOf, type Plan } from '../scheduler/plan.ts';
import { askKnowing } from './calendars.ts';
import type { Context } from './context.ts';
import { isTimeFault, readDraft } from './draft.ts';
import { scheduleById } from './lookup.ts';
import { shownInputOf } from './schedule-view.ts';
import { slotView } from './slot-views.ts';
import { worldOf } from './world.ts';

/** The first of these refusals that a plan without times gives. */
function rhythmOf({ rhythm }: Plan): NonNullable<Plan['rhythm']> {
  if (rhythm !== null) return rhythm;
  const message = 'runs when another schedule’s run has ended, and has no times of its own';
  throw invalid([{ path: 'after', message }]);
}

function explained(plan: Plan, at: string): TimeExplained {
  // The wall time as if it were UTC: the engine reads it in the schedule's zone.
  const local = Math.floor(Date.parse(`${at}Z`) / 1_000);
  return explainTime(rhythmOf(plan), plan.hours, local);
}

function viewOf(at: string, found: TimeExplained): ExplainedTime {
  const { runs, why, before, after } = found;
  return {
    local: at,
    at: found.at.map(toInstant),
    runs,
    why: [...why],
    before: before === null ? null : slotView(before),
    after: after === null ? null : slotView(after),
  };
}

/** A stored schedule's answer: whatever holds it up at that time comes first. */
function storedAnswer(context: Context, entry: Entry, at: string): ExplainedTime {
  const { scheduler, clock } = context;
  const found = explained(entry.plan, at);
  const input = shownInputOf(entry, scheduler, clock.now());
  if (input === null) return viewOf(at, found);
  const { reasons, fromMs } = holdUps(input);
  const last = found.at.at(-1) ?? 0;
  const isHeld = last > input.now && (fromMs === null || last <= fromMs);
  if (!isHeld || reasons.length === 0) return viewOf(at, found);
  return viewOf(at, { ...found, runs: false, why: [...reasons, ...found.why] });
}

async function draftAnswer(context: Context, draft: unknown, at: string): Promise<ExplainedTime> {
  const { faults, times } = await readDraft(context, draft);
  if (times !== null) {
    const plan = planOf(times, worldOf(context));
    return askKnowing(context, () => viewOf(at, explained(plan, at)));
  }
  const about = faults.filter(isTimeFault);
  throw invalid(
    (about.length > 0 ? about : faults).map(({ path, message }) => ({
      path: path === '' ? 'schedule' : `schedule.${path}`,
      message,
    })),
  );
}

/** Answers whether a stored schedule or a draft runs at a wall time of its zone, and why or why not. */
export async function explainTimeOf(
  context: Context,
  { id, schedule, at }: CheckedInput<'explainTime'>,
): Promise<ExplainedTime> {
  if ((id === undefined) === (schedule === undefined))
    throw invalid([
      { path: 'id', message: 'name a stored schedule by its id, or give a draft, not both' },
    ]);
  if (id === undefined) return draftAnswer(context, schedule, at);
  return askKnowing(context, () => storedAnswer(context, scheduleById(context, id), at));
}
