import type { ScheduleInput } from '../../../contract/schedule.ts';
import type { Trigger } from '../../../contract/trigger.ts';
import { newCalendar, type CalendarDraft } from './calendar-draft.ts';
import { put, type Candidate } from './candidate.ts';

/** The ways a schedule may be timed; `after`: by the end of another's runs. */
export type TriggerKind = Trigger['kind'] | 'after';

/** Whose runs a chain follows, and which of them. */
export interface ChainDraft {
  /** Empty while none is chosen. */
  readonly schedule: string;
  readonly on: 'success' | 'change' | 'failure';
}

/** The trigger as the form holds it; the kinds not taken remember what they held. */
export interface TriggerDraft {
  readonly kind: TriggerKind;
  /** `30m`; whole days as `2d`. */
  readonly every: string;
  /** The time of day that intervals up to 24 h are counted from. */
  readonly anchor: string;
  /** The first date of an interval of whole days. */
  readonly from: string;
  /** The time of day of an interval of whole days. */
  readonly at: string;
  readonly calendar: CalendarDraft;
  readonly expression: string;
  /** A local date and time, `2026-12-01T09:00`; either side of the T may be unfinished. */
  readonly once: string;
  readonly after: ChainDraft;
}

const impliedAnchor = '00:00';

/** What a new schedule begins with: every 30 minutes. */
export const newTrigger: TriggerDraft = {
  kind: 'interval',
  every: '30m',
  anchor: impliedAnchor,
  from: '',
  at: '09:00',
  calendar: newCalendar,
  expression: '*/30 * * * *',
  once: '',
  after: { schedule: '', on: 'success' },
};

/** Whether an interval is one of whole days, which has a first date and a time instead of an anchor. */
export function isWholeDays(every: string): boolean {
  return every.endsWith('d');
}

/** A stored trigger as the form holds it. */
export function toTriggerDraft(document: Pick<ScheduleInput, 'trigger' | 'after'>): TriggerDraft {
  const { trigger, after } = document;
  if (trigger === undefined)
    return {
      ...newTrigger,
      kind: 'after',
      after: { schedule: after?.schedule ?? '', on: after?.on ?? 'success' },
    };
  switch (trigger.kind) {
    case 'interval':
      return {
        ...newTrigger,
        every: trigger.every,
        anchor: trigger.anchor ?? impliedAnchor,
        from: trigger.from ?? '',
        at: trigger.at ?? (isWholeDays(trigger.every) ? '' : newTrigger.at),
      };
    case 'calendar':
      return {
        ...newTrigger,
        kind: 'calendar',
        calendar: { times: trigger.at, on: trigger.on ?? [], months: trigger.months ?? [] },
      };
    case 'cron':
      return { ...newTrigger, kind: 'cron', expression: trigger.expression };
    case 'once':
      return { ...newTrigger, kind: 'once', once: trigger.at };
  }
}

function putInterval(trigger: Candidate, draft: TriggerDraft): void {
  const wholeDays = isWholeDays(draft.every);
  put(trigger, 'every', draft.every);
  put(
    trigger,
    'anchor',
    wholeDays ? undefined : draft.anchor,
    wholeDays ? undefined : impliedAnchor,
  );
  put(trigger, 'from', wholeDays && draft.from !== '' ? draft.from : undefined);
  put(trigger, 'at', wholeDays && draft.at !== '' ? draft.at : undefined);
}

function listOrNothing<Entry>(list: readonly Entry[]): readonly Entry[] | undefined {
  return list.length === 0 ? undefined : [...list];
}

/** Writes the fields of the chosen kind; those of the others stay out. */
function putKind(trigger: Candidate, draft: TriggerDraft, kind: Trigger['kind']): void {
  switch (kind) {
    case 'interval':
      putInterval(trigger, draft);
      return;
    case 'calendar':
      put(trigger, 'at', [...draft.calendar.times]);
      put(trigger, 'on', listOrNothing(draft.calendar.on));
      put(trigger, 'months', listOrNothing(draft.calendar.months));
      return;
    case 'cron':
      put(trigger, 'expression', draft.expression);
      return;
    case 'once':
      put(trigger, 'at', draft.once);
  }
}

/**
 * Writes the trigger, or the chain in its place, into a candidate that began as a copy of the stored
 * document.
 */
export function putTrigger(
  target: Candidate,
  draft: TriggerDraft,
  base: ScheduleInput | null,
): void {
  if (draft.kind === 'after') {
    Reflect.deleteProperty(target, 'trigger');
    const after: Candidate = { ...base?.after };
    put(after, 'schedule', draft.after.schedule);
    put(after, 'on', draft.after.on, 'success');
    put(target, 'after', after);
    return;
  }
  Reflect.deleteProperty(target, 'after');
  const before = base?.trigger?.kind === draft.kind ? base.trigger : {};
  const trigger: Candidate = { ...before, kind: draft.kind };
  putKind(trigger, draft, draft.kind);
  put(target, 'trigger', trigger);
}
