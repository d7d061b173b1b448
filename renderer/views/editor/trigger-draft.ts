import type { ScheduleInput } from '../../../contract/schedule.ts';
import { put, type Candidate } from './candidate.ts';

/**
 * The trigger as the form holds it. `kept` is a trigger this form has no fields for (a calendar, a
 * single time, or a chain after another schedule): it is shown in words and stays as it is.
 */
export interface TriggerDraft {
  readonly kind: 'interval' | 'cron' | 'kept';
  /** `30m`; whole days as `2d`. */
  readonly every: string;
  /** The time of day that intervals up to 24 h are counted from. */
  readonly anchor: string;
  /** The first date of an interval of whole days. */
  readonly from: string;
  /** The time of day of an interval of whole days. */
  readonly at: string;
  readonly expression: string;
}

const impliedAnchor = '00:00';

/** What a new schedule begins with: every 30 minutes. */
export const newTrigger: TriggerDraft = {
  kind: 'interval',
  every: '30m',
  anchor: impliedAnchor,
  from: '',
  at: '09:00',
  expression: '*/30 * * * *',
};

/** Whether an interval is one of whole days, which has a first date and a time instead of an anchor. */
export function isWholeDays(every: string): boolean {
  return every.endsWith('d');
}

/** A stored trigger as the form holds it. */
export function toTriggerDraft(document: Pick<ScheduleInput, 'trigger' | 'after'>): TriggerDraft {
  const { trigger } = document;
  if (trigger === undefined) return { ...newTrigger, kind: 'kept' };
  switch (trigger.kind) {
    case 'interval':
      return {
        ...newTrigger,
        every: trigger.every,
        anchor: trigger.anchor ?? impliedAnchor,
        from: trigger.from ?? '',
        at: trigger.at ?? (isWholeDays(trigger.every) ? '' : newTrigger.at),
      };
    case 'cron':
      return { ...newTrigger, kind: 'cron', expression: trigger.expression };
    case 'calendar':
    case 'once':
      return { ...newTrigger, kind: 'kept' };
  }
}

/** Writes the trigger into a candidate that began as a copy of the stored document. */
export function putTrigger(
  target: Candidate,
  draft: TriggerDraft,
  base: ScheduleInput | null,
): void {
  if (draft.kind === 'kept') return;
  Reflect.deleteProperty(target, 'after');
  const before = base?.trigger?.kind === draft.kind ? base.trigger : {};
  const trigger: Candidate = { ...before, kind: draft.kind };
  if (draft.kind === 'cron') {
    put(trigger, 'expression', draft.expression);
  } else {
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
  put(target, 'trigger', trigger);
}
