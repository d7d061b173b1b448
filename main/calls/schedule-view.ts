import type { Schedule } from '../../contract/schedule.ts';
import type { Pause, ScheduleState, ScheduleView } from '../../contract/views.ts';
import { toInstant, toInstantOrNull } from '../../contract/time.ts';
import { isOpen } from '../schedule/active-hours.ts';
import { describeAfter, describeHours, describeTrigger } from '../schedule/describe.ts';
import {
  conditionSteps,
  holdUps,
  nextShown,
  type HoldInput,
  type Shown,
  type ShownInput,
} from '../schedule/next-shown.ts';
import { traceEntry } from '../schedule/trace.ts';
import type { Slot } from '../schedule/types.ts';
import { localIso } from '../schedule/zone-data.ts';
import type { Book, Entry } from '../scheduler/book.ts';
import { enoughAt } from '../scheduler/enough.ts';
import { toEntry, toRowName } from '../scheduler/entries.ts';
import type { Plan } from '../scheduler/plan.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { readPlace, type HistoryRow } from '../store/history.ts';
import { recentRows, type RecentRow } from '../store/recent-rows.ts';
import { lastGoodRun } from '../store/records.ts';
import type { StoredPause } from '../store/schedules.ts';
import { lastFailure } from '../store/stories.ts';
import type { Reader } from '../store/statement.ts';
import type { Context } from './context.ts';
import { inSlices } from './in-slices.ts';

/** How many outcomes the strip of a schedule shows. */
const stripLength = 30;

/** The hours in effect in words, with the profile's name and where they come from. */
export function hoursWords(plan: Plan): string {
  if (plan.hours === null) return plan.source === 'default' ? 'Always (default)' : 'Always';
  const words = describeHours(plan.hours);
  switch (plan.source) {
    case 'own':
    case 'always':
      return words;
    case 'profile':
      return `${plan.hours.name ?? ''}: ${words}`;
    case 'default':
      return `${plan.hours.name ?? ''} (default): ${words}`;
  }
}

/** A pause as it crosses the wire. */
export function pauseView(pause: StoredPause | null): Pause | null {
  if (pause === null) return null;
  const { untilMs, why, sinceMs } = pause;
  return {
    until: toInstantOrNull(untilMs),
    why,
    ...(sinceMs === undefined ? {} : { since: toInstant(sinceMs) }),
  };
}

/** The run by whose failure a schedule paused itself; null where it didn't. */
function pausedBy(db: Reader, { number, pause }: Entry['stored']): ScheduleView['pausedBy'] {
  const row = pause?.why === 'failures' ? lastFailure(db, number) : null;
  return row === null ? null : toEntry(row);
}

/** Whether a slot's time has come while its start, put off by jitter, has not. */
function isPending(
  nextAtMs: number | null,
  nextStartMs: number | null,
  nowMs: number,
): nextAtMs is number {
  return nextAtMs !== null && nextStartMs !== null && nextAtMs <= nowMs && nowMs < nextStartMs;
}

/** What the scheduler says that holds schedules up. */
export type HostFacts = Pick<Scheduler, 'facts' | 'retryOf' | 'surroundings'>;

/** What may hold a schedule up. */
function holdInputOf(entry: Entry, host: HostFacts, nowMs: number): HoldInput {
  const { stored, plan, nextAtMs } = entry;
  const { enabled, conditions } = stored.document;
  const known = (can: boolean): 'yes' | 'no' => (can ? 'yes' : 'no');
  return {
    enabled,
    enough: nextAtMs === null ? null : enoughAt(entry, nextAtMs),
    retry: host.retryOf(stored.number),
    conditions: [
      ...(conditions.power === 'ac'
        ? [{ needs: 'power', known: known(host.surroundings.power() !== null) } as const]
        : []),
      ...(conditions.network === true
        ? [{ needs: 'network', known: known(host.surroundings.network() !== null) } as const]
        : []),
    ],
    finished: plan.rhythm?.trigger.kind === 'once' && nextAtMs === null && enabled,
    pause: stored.pause,
    hostPause: host.facts().pause,
    timezone: plan.timezone,
    now: nowMs,
  };
}

/** What the next run of a schedule depends on; null where its times can't be computed, and for a chain. */
export function shownInputOf(entry: Entry, host: HostFacts, nowMs: number): ShownInput | null {
  const { plan, nextAtMs, nextStartMs, fault } = entry;
  if (fault !== null || plan.rhythm === null) return null;
  return {
    ...holdInputOf(entry, host, nowMs),
    rhythm: plan.rhythm,
    hours: plan.hours,
    ...(isPending(nextAtMs, nextStartMs, nowMs) ? { pendingAt: nextAtMs } : {}),
  };
}

/** What a chain waits for, in words; empty for a schedule with times of its own. */
export function chainWords({ after }: Schedule, book: Book): string {
  if (after === undefined) return '';
  const upstream = book.byId(after.schedule)?.stored.document.name ?? after.schedule;
  return describeAfter(after.on, upstream);
}

/** Why a chain has no next run of its own: what holds it up, or what it waits for. */
function chainShown(entry: Entry, scheduler: Scheduler, nowMs: number): Shown {
  const { document } = entry.stored;
  const input = holdInputOf(entry, scheduler, nowMs);
  const { reasons } = holdUps(input);
  const { schedule, on } = document.after ?? { schedule: '', on: '' };
  const after = chainWords(document, scheduler.book);
  const chain = traceEntry({ code: 'chain', schedule, on, after }, 0);
  return { slot: null, trace: [...reasons, chain, ...conditionSteps(input)] };
}

/** What a schedule's next run is, and why then, as every screen and the command line show it. */
export function shownOf(entry: Entry, scheduler: Scheduler, nowMs: number): Shown {
  const { fault } = entry;
  if (fault !== null) {
    const text = `set aside: ${fault}; edit the schedule`;
    return { slot: null, trace: [{ code: 'quarantined', params: { fault }, text }] };
  }
  const input = shownInputOf(entry, scheduler, nowMs);
  return input === null ? chainShown(entry, scheduler, nowMs) : nextShown(input);
}

function stateOf(entry: Entry, scheduler: Scheduler, shown: Shown): ScheduleState {
  const { stored, plan } = entry;
  const busy = scheduler.dispatcher.busy(stored.number);
  if (busy === 'running') return 'running';
  if (busy === 'waiting') return 'queued';
  if (entry.fault !== null) return 'quarantined';
  if (!stored.document.enabled) return 'off';
  if (stored.pause !== null || scheduler.facts().pause !== null) return 'paused';
  if (scheduler.retryOf(stored.number) !== null) return 'waiting-retry';
  if (shown.slot !== null || plan.rhythm === null) return 'waiting';
  return plan.rhythm.trigger.kind === 'once' ? 'finished' : 'never';
}

/** The outcomes of the newest rows, the oldest first; what goes on has none yet. */
function stripOf(rows: readonly RecentRow[]): ScheduleView['strip'] {
  const strip: ScheduleView['strip'] = [];
  for (const row of rows)
    if (row.outcome !== null)
      strip.push({
        outcome: row.outcome,
        reason: row.reason,
        at: toInstant(row.recordedAtMs),
        row: toRowName(row),
      });
  return strip.reverse();
}

/**
 * How many rows a schedule's last good run had: as a rule its last row of the history is that run. Where
 * the newest rows are all there are, and none of them is good, there is nothing to look for.
 */
function rowsNow(
  db: Reader,
  schedule: number,
  newest: readonly RecentRow[],
  last: HistoryRow | null,
): number | null {
  if (last?.outcome === 'success') return last.rows;
  if (newest.length < stripLength && !newest.some(({ outcome }) => outcome === 'success'))
    return null;
  return lastGoodRun(db, schedule)?.rows ?? null;
}

/** When the next run starts, jitter included. */
function nextRunOf({ at, startAt, local }: Slot, zone: string): ScheduleView['nextRun'] {
  return { at: toInstant(startAt), local: startAt === at ? local : localIso(startAt, zone) };
}

/** A schedule as every screen shows it: one function for the window, the tray and the command line. */
export function scheduleView(
  db: Reader,
  scheduler: Scheduler,
  entry: Entry,
  nowMs: number,
): ScheduleView {
  const { stored, plan } = entry;
  const { document } = stored;
  const shown = shownOf(entry, scheduler, nowMs);
  const rows = recentRows(db, stored.number, stripLength);
  const ended = rows.find((row) => row.outcome !== null);
  const words = { scheduleId: document.id, scheduleName: document.name };
  const last = ended === undefined ? null : readPlace(db, ended, words);
  return {
    id: document.id,
    name: document.name,
    enabled: document.enabled,
    state: stateOf(entry, scheduler, shown),
    trigger:
      document.trigger === undefined
        ? chainWords(document, scheduler.book)
        : describeTrigger(document.trigger),
    hours: hoursWords(plan),
    timezone: plan.timezone,
    pause: pauseView(stored.pause),
    failures: stored.failures,
    pausedBy: pausedBy(db, stored),
    open: entry.fault === null && isOpen(plan.hours, plan.timezone, nowMs),
    nextRun: shown.slot === null ? null : nextRunOf(shown.slot, plan.timezone),
    why: [...shown.trace],
    last: last === null ? null : toEntry(last),
    strip: stripOf(rows),
    rows: rowsNow(db, stored.number, rows, last),
    document,
  };
}

/** All schedules as every screen shows them, made a little at a time. */
export async function scheduleViews({
  db,
  scheduler,
  clock,
}: Pick<Context, 'db' | 'scheduler' | 'clock'>): Promise<ScheduleView[]> {
  return inSlices({ db, clock }, scheduler.book.all(), (entry) =>
    scheduleView(db, scheduler, entry, clock.now()),
  );
}
