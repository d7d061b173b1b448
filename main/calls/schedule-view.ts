import type { ScheduleState, ScheduleView } from '../../contract/views.ts';
import { toInstant, toInstantOrNull } from '../../contract/time.ts';
import { isOpen } from '../schedule/active-hours.ts';
import { describeHours, describeTrigger } from '../schedule/describe.ts';
import { nextShown, type Shown } from '../schedule/next-shown.ts';
import type { Entry } from '../scheduler/book.ts';
import { toEntry } from '../scheduler/entries.ts';
import type { Plan } from '../scheduler/plan.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { readHistory, type HistoryRow } from '../store/history.ts';
import { lastGoodRun } from '../store/records.ts';
import type { StoredPause } from '../store/schedules.ts';
import type { Reader } from '../store/statement.ts';

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
export function pauseView(pause: StoredPause | null): ScheduleView['pause'] {
  return pause === null ? null : { until: toInstantOrNull(pause.untilMs), why: pause.why };
}

/** What a schedule's next run is, and why then, as every screen and the command line show it. */
export function shownOf(entry: Entry, hostPause: StoredPause | null, nowMs: number): Shown {
  const { stored, plan, nextAtMs, fault } = entry;
  if (fault !== null) {
    const text = `set aside: ${fault}; edit the schedule`;
    return { slot: null, trace: [{ code: 'quarantined', params: { fault }, text }] };
  }
  if (plan.rhythm === null) return { slot: null, trace: [] };
  const finished =
    plan.rhythm.trigger.kind === 'once' && nextAtMs === null && stored.document.enabled;
  return nextShown({
    enabled: stored.document.enabled,
    finished,
    pause: stored.pause,
    hostPause,
    rhythm: plan.rhythm,
    hours: plan.hours,
    now: nowMs,
  });
}

function stateOf(entry: Entry, scheduler: Scheduler, shown: Shown): ScheduleState {
  const { stored, plan } = entry;
  const busy = scheduler.dispatcher.busy(stored.number);
  if (busy === 'running') return 'running';
  if (busy === 'waiting') return 'queued';
  if (entry.fault !== null) return 'quarantined';
  if (!stored.document.enabled) return 'off';
  if (stored.pause !== null || scheduler.facts().pause !== null) return 'paused';
  if (scheduler.retryAt(stored.number) !== null) return 'waiting-retry';
  if (shown.slot !== null) return 'waiting';
  return plan.rhythm?.trigger.kind === 'once' ? 'finished' : 'never';
}

function stripOf(rows: readonly HistoryRow[]): ScheduleView['strip'] {
  return rows
    .flatMap((row) =>
      row.outcome === null
        ? []
        : [{ outcome: row.outcome, reason: row.reason, at: toInstant(row.recordedAtMs) }],
    )
    .reverse();
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
  const shown = shownOf(entry, scheduler.facts().pause, nowMs);
  const rows = readHistory(db, {
    schedule: stored.number,
    outcome: null,
    before: null,
    limit: stripLength,
  });
  const last = rows.find((row) => row.outcome !== null);
  return {
    id: document.id,
    name: document.name,
    enabled: document.enabled,
    state: stateOf(entry, scheduler, shown),
    trigger: document.trigger === undefined ? '' : describeTrigger(document.trigger),
    hours: hoursWords(plan),
    timezone: plan.timezone,
    pause: pauseView(stored.pause),
    open: entry.fault === null && isOpen(plan.hours, plan.timezone, nowMs),
    nextRun: shown.slot === null ? null : { at: toInstant(shown.slot.at), local: shown.slot.local },
    why: [...shown.trace],
    last: last === undefined ? null : toEntry(last),
    strip: stripOf(rows),
    rows: lastGoodRun(db, stored.number)?.rows ?? null,
    document,
  };
}
