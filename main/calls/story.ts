import { RefusedError } from '../../contract/result.ts';
import { rowOfCursor, type Story, type Told } from '../../contract/story.ts';
import { toInstant, toInstantOrNull } from '../../contract/time.ts';
import { describeAfter, describeHours, describeTrigger } from '../schedule/describe.ts';
import { nextSlots } from '../schedule/next-slots.ts';
import { localIso } from '../schedule/zone-data.ts';
import { toEntry, toRowName } from '../scheduler/entries.ts';
import { placeOf, readRun, readSlotWithoutRun, type HistoryRow } from '../store/history.ts';
import { attemptsOf, chainedFrom, lastFailure, readSlot, setOffBy } from '../store/stories.ts';
import { usualRun } from '../store/usual-runs.ts';
import { askKnowing } from './calendars.ts';
import type { Handlers } from './calls.ts';
import type { Context } from './context.ts';
import { keptPlan } from './kept-plan.ts';
import { say, when, type StoryCase } from './story-case.ts';
import { tellOutcome } from './story-told.ts';

/** The row of the history under this name, or the refusal `not-found`. */
function rowByName({ db }: Context, name: string): HistoryRow {
  const number = Number(name.slice(1));
  const row = name.startsWith('r')
    ? readRun(db, number)
    : (attemptsOf(db, number).at(-1) ?? readSlotWithoutRun(db, number));
  if (row !== null) return row;
  throw new RefusedError('not-found', `There is no row ${name} in the history.`, [
    { path: 'cursor', message: `there is no row ${name}; runs shows those there are` },
  ]);
}

function caseOf(context: Context, row: HistoryRow): StoryCase {
  const { db, scheduler } = context;
  const slot = row.slot === null ? null : readSlot(db, row.slot);
  const plan = slot === null ? null : keptPlan(context, slot.plan, row.scheduleId);
  const entry = scheduler.book.get(row.schedule);
  const attempts = row.slot === null ? [row] : attemptsOf(db, row.slot);
  const timezone = plan?.timezone ?? entry?.plan.timezone ?? scheduler.facts().zone;
  return { context, row, slot, plan, entry, attempts, timezone };
}

function placed({ timezone }: StoryCase, atMs: number): { at: string; local: string } {
  return { at: toInstant(atMs), local: localIso(atMs, timezone) };
}

/** The open hours round a slot; a stretch open ever since has no opening to name. */
function windowOf(facts: StoryCase): NonNullable<Story['slot']>['window'] {
  const { openedAtMs, closesAtMs } = facts.slot ?? { openedAtMs: null, closesAtMs: null };
  if (openedAtMs === null) return null;
  // The earliest instant there is stands for "ever since".
  const isEver = openedAtMs < -62_135_596_800_000;
  return {
    opened: isEver ? null : placed(facts, openedAtMs),
    closes: closesAtMs === null ? null : placed(facts, closesAtMs),
  };
}

function slotOf(facts: StoryCase): Story['slot'] {
  const { slot } = facts;
  if (slot === null) return null;
  const startAtMs = slot.startAtMs ?? slot.slotAtMs;
  return {
    ...placed(facts, slot.slotAtMs),
    first: placed(facts, slot.firstSlotAtMs),
    coalesced: slot.coalesced,
    startAt: toInstant(startAtMs),
    lateMs: slot.startedAtMs === null ? null : Math.max(0, slot.startedAtMs - startAtMs),
    window: windowOf(facts),
    retryAt: toInstantOrNull(slot.retryAtMs),
    next: slot.nextSlotAtMs === null ? null : placed(facts, slot.nextSlotAtMs),
  };
}

function upstreamName({ scheduler }: Context, id: string): string {
  return scheduler.book.byId(id)?.stored.document.name ?? id;
}

function planOf(facts: StoryCase): Story['plan'] {
  const { context, plan, slot, entry } = facts;
  if (plan === null || slot === null) return null;
  const { rhythm, after, hours, outside, jitter, tz } = plan;
  const found = rhythm === null ? undefined : nextSlots(rhythm, hours, slot.slotAtMs - 1_000, 1)[0];
  const hoursName = hours?.name === undefined ? '' : `${hours.name}: `;
  return {
    trigger:
      rhythm !== null
        ? describeTrigger(rhythm.trigger)
        : after === null
          ? ''
          : describeAfter(after.on, upstreamName(context, after.schedule)),
    hours: `${hoursName}${describeHours(hours)}`,
    outside,
    jitter,
    tz,
    trace: found?.at === slot.slotAtMs ? [...found.trace] : [],
    isCurrent: entry?.plan.hash === slot.plan,
  };
}

/** Why a row was tried at all, where that wasn't simply its time. */
function whyOf(facts: StoryCase): Told[] {
  const { context, row, slot, plan } = facts;
  const first = facts.attempts[0] ?? row;
  switch (first.cause) {
    case 'manual':
      return [
        say('manual', 'Started by hand. Hours, pause and being switched off don’t count for that.'),
      ];
    case 'chain': {
      const id = plan?.after?.schedule;
      if (id === undefined || slot === null)
        return [say('chain', 'Started after another schedule.')];
      const upstream = setOffBy(context.db, id, slot.slotAtMs);
      const text = `A run of ${upstreamName(context, id)} had ended right then.`;
      return [say('chain', text, upstream?.row ?? null)];
    }
    case 'catch-up': {
      const seen = when(facts, slot?.recordedAtMs ?? row.recordedAtMs);
      return [say('catch-up', `Jackdaw reached it late, ${seen}, and made up for it.`)];
    }
    case 'slot':
    case 'retry':
      return [];
  }
}

function attemptsIn({ context, attempts }: StoryCase): Story['attempts'] {
  const { dispatcher } = context.scheduler;
  return attempts.map((attempt, index) => {
    const before = attempts[index - 1]?.endedAtMs;
    const from = attempt.startedAtMs ?? attempt.recordedAtMs;
    return {
      row: toRowName(placeOf(attempt)),
      entry: toEntry(
        attempt,
        attempt.run === null ? undefined : dispatcher.progressOf(attempt.run),
      ),
      waitedMs: before === undefined || before === null ? null : Math.max(0, from - before),
    };
  });
}

/** What followed: the next attempt, the schedule's own pause, and the runs its end set off. */
function followedBy(facts: StoryCase): Story['followed'] {
  const { context, row, slot, entry, attempts } = facts;
  const followed: Story['followed'] = [];
  const retryAtMs = slot?.retryAtMs ?? null;
  if (retryAtMs !== null) {
    const text = `It will be tried again ${when(facts, retryAtMs)}.`;
    followed.push({ ...say('retry', text), outcome: null });
  }
  const last = attempts.at(-1);
  if (last === undefined || last.run === null) return followed;
  if (entry?.stored.pause?.why === 'failures') {
    const failure = lastFailure(context.db, row.schedule);
    const text = `The schedule paused itself: it was failure number ${String(entry.stored.failures)} in a row.`;
    if (failure?.run === last.run) followed.push({ ...say('paused', text), outcome: null });
  }
  if (last.endedAtMs === null) return followed;
  for (const { row: name, name: schedule, outcome } of chainedFrom(
    context.db,
    row.scheduleId,
    last.endedAtMs,
  ))
    followed.push({ ...say('chained', `${schedule} came after it.`, name), outcome });
  return followed;
}

function storyOf(context: Context, row: HistoryRow): Story {
  const facts = caseOf(context, row);
  const { dispatcher } = context.scheduler;
  const { told, remedies } = tellOutcome(facts);
  return {
    row: toRowName(placeOf(row)),
    schedule: row.scheduleId,
    scheduleName: row.scheduleName,
    timezone: facts.timezone,
    entry: toEntry(row, row.run === null ? undefined : dispatcher.progressOf(row.run)),
    slot: slotOf(facts),
    plan: planOf(facts),
    why: whyOf(facts),
    told: [...told],
    attempts: attemptsIn(facts),
    usual: usualRun(context.db, row.schedule),
    followed: followedBy(facts),
    remedies: [...remedies],
  };
}

/** The call that tells all there is of one row of the history. */
export function storyHandlers(context: Context): Pick<Handlers, 'getStory'> {
  return {
    getStory: async ({ cursor }) => {
      const row = rowByName(context, rowOfCursor(cursor));
      return askKnowing(context, () => storyOf(context, row));
    },
  };
}
