import type { Trigger } from '../../contract/trigger.ts';
import { adviseOn } from '../../main/schedule/advice/advise-on.ts';
import type { AdviceSubject } from '../../main/schedule/advice/subject.ts';
import type { ActiveHours, Rhythm } from '../../main/schedule/types.ts';

/** A Wednesday, 13:00 in New York. */
export const wednesday = Date.parse('2026-11-25T18:00:00Z');

/** Office hours, Monday to Friday, with a name. */
export const officeHours: ActiveHours = {
  name: 'Office hours',
  week: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-17:00']]),
  ),
};

type Given = Partial<Omit<AdviceSubject, 'rhythm'>> & Partial<Pick<Rhythm, 'outside'>>;

/** A schedule in New York as advice sees it: always open, on shop.example, without history, unless said otherwise. */
export function aSubject(trigger: Trigger, given: Given = {}): AdviceSubject {
  const { outside = 'skip', ...rest } = given;
  const timezone = given.timezone ?? 'America/New_York';
  return {
    id: 'posts',
    name: 'Posts',
    enabled: true,
    rhythm: { trigger, timezone, outside },
    timezone,
    hours: null,
    host: 'shop.example',
    loopback: false,
    jitterMs: 0,
    overlap: 'skip',
    usual: null,
    ...rest,
  };
}

/** Every so often, from midnight on unless an anchor is given. */
export function every(length: string, anchor?: string): Trigger {
  return { kind: 'interval', every: length, ...(anchor === undefined ? {} : { anchor }) };
}

/** A cron trigger. */
export function cron(expression: string): Trigger {
  return { kind: 'cron', expression };
}

/** The codes of the advice on a schedule, in order. */
export function codesOf(subject: AdviceSubject, others: readonly AdviceSubject[] = []): string[] {
  return adviseOn(subject, others, wednesday).map(({ code }) => code);
}
