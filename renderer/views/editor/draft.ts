import type { Hours } from '../../../contract/hours.ts';
import type { ScheduleInput } from '../../../contract/schedule.ts';
import { newHours, toHours, toHoursDraft, type HoursDraft } from '../hours/hours-draft.ts';
import { numberOrText, put, textOrNothing, type Candidate } from './candidate.ts';
import { newScrape, toScrape, toScrapeDraft, type ScrapeDraft } from './scrape-draft.ts';
import { newTrigger, putTrigger, toTriggerDraft, type TriggerDraft } from './trigger-draft.ts';

/** Which hours the schedule keeps; the choices not taken remember what they held. */
export interface HoursChoiceDraft {
  readonly choice: 'default' | 'always' | 'profile' | 'own';
  /** A profile's id, for `profile`. */
  readonly profile: string;
  /** Hours written out in place, for `own`. */
  readonly own: HoursDraft;
}

/**
 * A schedule as the form holds it: every field is there, numbers are the text typed, what is left out
 * is empty. Pure functions lead here and back (`toDraft`, `toDocument`).
 */
export interface ScheduleDraft {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly timezone: string;
  readonly scrape: ScrapeDraft;
  readonly trigger: TriggerDraft;
  readonly hours: HoursChoiceDraft;
  readonly outside: 'skip' | 'defer';
  /** How much later than its time a run may start; `0s`: none. */
  readonly jitter: string;
  readonly missed: { readonly policy: 'latest' | 'all' | 'skip'; readonly grace: string };
  readonly overlap: 'skip' | 'queue';
  readonly retry: {
    readonly attempts: string;
    readonly backoff: string;
    readonly factor: string;
    readonly max: string;
  };
  readonly pauseAfterFailures: string;
  readonly timeout: string;
  /** When the other slots of the same stretch of open hours are left out. */
  readonly enough: 'never' | 'success' | 'change';
  readonly conditions: { readonly power: boolean; readonly network: boolean };
}

const implied = {
  jitter: '0s',
  missed: { policy: 'latest', grace: '24h' },
  retry: { attempts: 3, backoff: '30s', factor: 2, max: '15m' },
  pauseAfterFailures: 5,
  timeout: '10m',
} as const;

/** What the form of a new schedule begins with. */
export const newDraft: ScheduleDraft = {
  id: '',
  name: '',
  description: '',
  tags: [],
  timezone: '',
  scrape: newScrape,
  trigger: newTrigger,
  hours: { choice: 'default', profile: '', own: newHours },
  outside: 'skip',
  jitter: implied.jitter,
  missed: implied.missed,
  overlap: 'skip',
  retry: { attempts: '3', backoff: '30s', factor: '2', max: '15m' },
  pauseAfterFailures: '5',
  timeout: '10m',
  enough: 'never',
  conditions: { power: false, network: false },
};

function toHoursChoice(hours: ScheduleInput['hours']): HoursChoiceDraft {
  const nothing: HoursChoiceDraft = newDraft.hours;
  if (hours === undefined) return nothing;
  if (hours === 'always') return { ...nothing, choice: 'always' };
  if (typeof hours === 'string') return { ...nothing, choice: 'profile', profile: hours };
  return { ...nothing, choice: 'own', own: toHoursDraft(hours) };
}

/** A stored schedule as the form holds it. */
export function toDraft(document: ScheduleInput): ScheduleDraft {
  const retry = { ...implied.retry, ...document.retry };
  const missed = { ...implied.missed, ...document.missed };
  return {
    id: document.id,
    name: document.name,
    description: document.description ?? '',
    tags: document.tags ?? [],
    timezone: document.timezone ?? '',
    scrape: toScrapeDraft(document.scrape),
    trigger: toTriggerDraft(document),
    hours: toHoursChoice(document.hours),
    outside: document.outside ?? 'skip',
    jitter: document.jitter ?? implied.jitter,
    missed: { policy: missed.policy ?? 'latest', grace: missed.grace ?? implied.missed.grace },
    overlap: document.overlap ?? 'skip',
    retry: {
      attempts: String(retry.attempts),
      backoff: retry.backoff ?? implied.retry.backoff,
      factor: String(retry.factor),
      max: retry.max ?? implied.retry.max,
    },
    pauseAfterFailures: String(document.pauseAfterFailures ?? implied.pauseAfterFailures),
    timeout: document.timeout ?? implied.timeout,
    enough: document.enough ?? 'never',
    conditions: {
      power: document.conditions?.power === 'ac',
      network: document.conditions?.network === true,
    },
  };
}

function hoursOf(draft: HoursChoiceDraft, base: ScheduleInput | null): string | Hours | undefined {
  switch (draft.choice) {
    case 'default':
      return undefined;
    case 'always':
      return 'always';
    case 'profile':
      return draft.profile;
    case 'own':
      return toHours(draft.own, typeof base?.hours === 'object' ? base.hours : null);
  }
}

function putPolicies(target: Candidate, draft: ScheduleDraft, base: ScheduleInput | null): void {
  put(target, 'jitter', textOrNothing(draft.jitter), implied.jitter);
  const missed: Candidate = { ...base?.missed };
  put(missed, 'policy', draft.missed.policy, implied.missed.policy);
  put(missed, 'grace', textOrNothing(draft.missed.grace), implied.missed.grace);
  put(target, 'missed', missed, {});
  const retry: Candidate = { ...base?.retry };
  put(retry, 'attempts', numberOrText(draft.retry.attempts), implied.retry.attempts);
  put(retry, 'backoff', textOrNothing(draft.retry.backoff), implied.retry.backoff);
  put(retry, 'factor', numberOrText(draft.retry.factor), implied.retry.factor);
  put(retry, 'max', textOrNothing(draft.retry.max), implied.retry.max);
  put(target, 'retry', retry, {});
  put(target, 'overlap', draft.overlap, 'skip');
  put(
    target,
    'pauseAfterFailures',
    numberOrText(draft.pauseAfterFailures),
    implied.pauseAfterFailures,
  );
  put(target, 'timeout', textOrNothing(draft.timeout), implied.timeout);
}

function putConditions(target: Candidate, draft: ScheduleDraft, base: ScheduleInput | null): void {
  put(target, 'enough', draft.enough === 'never' ? undefined : draft.enough);
  const conditions: Candidate = { ...base?.conditions };
  put(conditions, 'power', draft.conditions.power ? 'ac' : undefined);
  if (draft.conditions.network) conditions.network = true;
  else if (conditions.network === true) Reflect.deleteProperty(conditions, 'network');
  put(target, 'conditions', conditions, {});
}

/**
 * The document a draft stands for, upon the stored one (null for a new schedule). Not yet checked:
 * `scheduleSchema` judges it. What the form doesn't show is carried over from `base` untouched, and
 * `toDocument(toDraft(document), document)` equals `document`.
 */
export function toDocument(draft: ScheduleDraft, base: ScheduleInput | null): Candidate {
  const target: Candidate = { ...base };
  put(target, 'id', draft.id.trim());
  put(target, 'name', draft.name);
  put(target, 'description', draft.description, '');
  put(target, 'tags', [...draft.tags], []);
  put(target, 'timezone', textOrNothing(draft.timezone));
  putTrigger(target, draft.trigger, base);
  put(target, 'hours', hoursOf(draft.hours, base));
  put(target, 'outside', draft.outside, 'skip');
  putPolicies(target, draft, base);
  putConditions(target, draft, base);
  put(target, 'scrape', toScrape(draft.scrape, base?.scrape ?? null));
  return target;
}
