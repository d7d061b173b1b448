import { durationMs } from '../../contract/time.ts';
import type { Remedy, Told } from '../../contract/story.ts';
import { isOpen, nextOpening } from '../schedule/active-hours.ts';
import { lastClosing } from '../schedule/last-closing.ts';
import { counted, lengthWords } from '../schedule/words.ts';
import { countLimit } from '../scheduler/backlog.ts';
import type { StoredPause } from '../store/schedules.ts';
import { goodRunBetween, lastFailure, rowRightAfter, runGoingAt } from '../store/stories.ts';
import {
  closing,
  runName,
  say,
  span,
  wall,
  when,
  type StoryCase,
  type Telling,
} from './story-case.ts';

const dayMs = 24 * 3_600_000;

function nothing(...remedies: readonly Remedy[]): Telling {
  return { told: [], remedies };
}

/** What went wrong in the run's own words. */
function ownWords({ row }: StoryCase, ...remedies: readonly Remedy[]): Telling {
  const text = row.message ?? row.reason ?? 'Nothing more is known.';
  return { told: [say('message', text)], remedies };
}

function overlap(facts: StoryCase): Telling {
  const { context, row, slot } = facts;
  const remedies: readonly Remedy[] = ['run-now', 'overlap', 'timeout'];
  const before = runGoingAt(context.db, row.schedule, slot?.recordedAtMs ?? row.recordedAtMs);
  if (before === null)
    return { told: [say('overlap', 'The run before was still going on.')], remedies };
  const name = runName(before);
  const { startedAtMs, endedAtMs } = before;
  if (startedAtMs === null) {
    const text =
      'A run of this schedule was waiting for a free place already, and one waits at a time.';
    return { told: [say('overlap-waiting', text, name)], remedies };
  }
  const text =
    endedAtMs === null
      ? `The run before it is still going on, since ${wall(facts, startedAtMs)}.`
      : `The run before it was still going on: it ran ${span(facts, startedAtMs, endedAtMs)}.`;
  return { told: [say('overlap', text, name)], remedies };
}

/** The pause that still holds and held when the slot came; null where it isn't known any more. */
function pauseThen({ context, entry, slot, row }: StoryCase): StoredPause | 'all' | null {
  if (entry === undefined) return null;
  const atMs = slot?.firstSlotAtMs ?? row.recordedAtMs;
  const held = (pause: StoredPause | null): pause is StoredPause =>
    pause !== null && (pause.sinceMs === undefined || pause.sinceMs <= atMs);
  const own = entry.stored.pause;
  const ownSinceMs =
    own?.why === 'failures'
      ? (lastFailure(context.db, row.schedule)?.endedAtMs ?? undefined)
      : own?.sinceMs;
  if (own !== null && ownSinceMs !== undefined && ownSinceMs <= atMs) return own;
  const all = context.scheduler.facts().pause;
  return held(all) && all.sinceMs !== undefined ? 'all' : null;
}

function paused(facts: StoryCase): Telling {
  const { context, row, entry } = facts;
  const pause = pauseThen(facts);
  const never = 'What comes due during a pause is not made up for.';
  if (pause === null)
    return {
      told: [say('paused', `It was paused then, alone or with all the others. ${never}`)],
      remedies: ['run-now'],
    };
  if (pause === 'all') {
    const { sinceMs = 0 } = context.scheduler.facts().pause ?? {};
    const text = `All schedules are paused, by you, since ${wall(facts, sinceMs)}. ${never}`;
    return { told: [say('all-paused', text)], remedies: ['run-now'] };
  }
  if (pause.why === 'user') {
    const until = pause.untilMs === null ? '' : ` until ${wall(facts, pause.untilMs)}`;
    const text = `You paused it ${when(facts, pause.sinceMs ?? 0)}${until}. ${never}`;
    return { told: [say('paused-user', text)], remedies: ['run-now', 'resume'] };
  }
  const failure = lastFailure(context.db, row.schedule);
  const count = counted(entry?.stored.failures ?? 0, 'failure');
  const sinceMs = failure?.endedAtMs ?? null;
  const since = sinceMs === null ? '' : ` ${when(facts, sinceMs)}`;
  const text = `It paused itself${since}, after ${count} in a row. ${never}`;
  return {
    told: [say('paused-failures', text, runName(failure))],
    remedies: ['resume', 'page', 'run-now'],
  };
}

function enough({ context, row, slot }: StoryCase): Telling {
  const atMs = slot?.firstSlotAtMs ?? row.recordedAtMs;
  const sinceMs = slot?.openedAtMs ?? atMs - dayMs;
  const good = goodRunBetween(context.db, row.schedule, Math.max(sinceMs, atMs - dayMs), atMs);
  const text =
    'It had enough already: an earlier run of the same day or open hours brought what it waits for.';
  return { told: [say('enough', text, runName(good))], remedies: ['run-now', 'enough'] };
}

/** When the hours had closed before an instant, and when they opened next. */
function closedWords(facts: StoryCase, atMs: number): string {
  const { plan } = facts;
  if (plan === null || isOpen(plan.hours, plan.timezone, atMs)) return 'its hours were closed';
  const closedMs = lastClosing(plan.hours, plan.timezone, atMs);
  const opensMs = nextOpening(plan.hours, plan.timezone, atMs);
  const since =
    closedMs === null
      ? 'its hours were closed'
      : `its hours had closed ${closing(facts, closedMs)}`;
  return opensMs === null ? since : `${since} and opened next ${when(facts, opensMs)}`;
}

function closedAtStart(facts: StoryCase): Telling {
  const atMs = facts.row.endedAtMs ?? facts.row.recordedAtMs;
  const text = `It waited for a free place until ${wall(facts, atMs)}; by then ${closedWords(facts, atMs)}.`;
  return { told: [say('closed-at-start', text)], remedies: ['run-now', 'hours'] };
}

/** Several slots that one row stands for, and what became of the newest. */
function coalescedWords(facts: StoryCase): readonly Told[] {
  const { context, slot } = facts;
  if (slot === null || slot.coalesced <= 1) return [];
  const least = slot.coalesced >= countLimit ? 'at least ' : '';
  const many = `This row stands for ${least}${counted(slot.coalesced, 'slot')}, ${span(facts, slot.firstSlotAtMs, slot.slotAtMs)}.`;
  if (slot.startedAtMs !== null)
    return [say('coalesced', `${many} The newest was run ${when(facts, slot.startedAtMs)}.`)];
  const next = rowRightAfter(context.db, slot);
  if (next !== null)
    return [say('coalesced', `${many} The slot after them has a row of its own.`, next.row)];
  return [say('coalesced', many)];
}

function missed(facts: StoryCase): Telling {
  const { row, slot, entry } = facts;
  const seenMs = slot?.recordedAtMs ?? row.recordedAtMs;
  const seen = when(facts, seenMs);
  const policy = entry?.stored.document.missed.policy;
  const letGo = policy === 'skip' ? ' Missed runs of this schedule are let go.' : '';
  switch (row.reason) {
    case 'asleep': {
      const from = when(facts, slot?.firstSlotAtMs ?? seenMs);
      const text = `The computer was asleep ${from} and woke ${seen}.${letGo}`;
      return { told: [say('asleep', text)], remedies: ['run-now', 'missed'] };
    }
    case 'not-running': {
      const text =
        row.run === null
          ? `Jackdaw wasn’t running; it looked again ${seen}.${letGo}`
          : 'It was waiting for a free place when Jackdaw ended.';
      return { told: [say('not-running', text)], remedies: ['run-now', 'missed'] };
    }
    case 'closed': {
      const text = `When Jackdaw reached it, ${seen}, ${closedWords(facts, seenMs)}.`;
      return { told: [say('closed', text)], remedies: ['run-now', 'hours'] };
    }
    case 'past-grace': {
      const age = lengthWords(seenMs - (slot?.startAtMs ?? slot?.slotAtMs ?? seenMs));
      const grace = entry === undefined ? null : durationMs(entry.stored.document.missed.grace);
      const allowed = grace === null ? '' : ` Its grace is ${lengthWords(grace)}.`;
      const text = `It was ${age} old when Jackdaw reached it, ${seen}: too old to make up for.${allowed}`;
      return { told: [say('past-grace', text)], remedies: ['run-now', 'grace'] };
    }
    default:
      return ownWords(facts, 'run-now', 'missed');
  }
}

function skipped(facts: StoryCase): Telling {
  switch (facts.row.reason) {
    case 'overlap':
      return overlap(facts);
    case 'paused':
      return paused(facts);
    case 'enough':
      return enough(facts);
    case 'condition':
      return ownWords(facts, 'run-now', 'conditions');
    case 'closed-at-start':
      return closedAtStart(facts);
    default:
      return ownWords(facts, 'run-now');
  }
}

function outcomeTold(facts: StoryCase): Telling {
  const { outcome } = facts.row;
  switch (outcome) {
    case 'skipped':
      return skipped(facts);
    case 'missed':
      return missed(facts);
    case 'attention':
      return ownWords(facts, 'page', 'run-now');
    case 'failed':
      return ownWords(facts, 'run-now', 'page', 'retry');
    case 'timed-out':
      return ownWords(facts, 'run-now', 'timeout');
    case 'partial':
      return ownWords(facts, 'run-now');
    case 'cancelled':
      return ownWords(facts, 'run-now');
    case 'interrupted': {
      const text = `${facts.row.message ?? 'It was interrupted.'} What was going on then is not tried again by itself.`;
      return { told: [say('interrupted', text)], remedies: ['run-now'] };
    }
    case 'success':
    case null:
      return nothing();
  }
}

/** What a person can do: first of all to resume a schedule that this failure has paused. */
function remediesFor(facts: StoryCase, remedies: readonly Remedy[]): readonly Remedy[] {
  const { context, entry, row } = facts;
  // A schedule that is gone can neither run nor be changed.
  if (entry === undefined) return [];
  const isPause = entry.stored.pause?.why === 'failures';
  const isCause =
    isPause && row.run !== null && lastFailure(context.db, row.schedule)?.run === row.run;
  return isCause ? ['resume', ...remedies] : remedies;
}

/** What happened to a row, what stood in its way, and what a person can do about it. */
export function tellOutcome(facts: StoryCase): Telling {
  const { told, remedies } = outcomeTold(facts);
  return {
    told: [...told, ...coalescedWords(facts)],
    remedies: remediesFor(facts, remedies),
  };
}
