import type { Advice, ScheduleAdvice } from '../../contract/preview.ts';
import type { Schedule } from '../../contract/schedule.ts';
import { durationMs } from '../../contract/time.ts';
import { adviseOn } from '../schedule/advice/advise-on.ts';
import { maxOthers } from '../schedule/advice/host-advice.ts';
import type { AdviceSubject } from '../schedule/advice/subject.ts';
import { planOf, type Plan, type World } from '../scheduler/plan.ts';
import { isLoopback } from '../scrape/lanes.ts';
import { usualRun } from '../store/usual-runs.ts';
import type { Context } from './context.ts';

/** What advice needs of the context: the history, the stored schedules, and now. */
export interface AdviceContext extends Pick<Context, 'db' | 'clock'> {
  readonly scheduler: Pick<Context['scheduler'], 'book'>;
}

/** How many schedules one answer looks at: the host goes on working meanwhile, so it must be short. */
const maxAdvised = 1_000;
/** With how many stored schedules besides these they are compared. */
const maxCompared = 1_000;

const addresses = new WeakMap<Schedule, URL | null>();

/** The address of a schedule's page, read once: the editor asks for all of them at each keystroke. */
function addressOf(schedule: Schedule): URL | null {
  const known = addresses.get(schedule);
  if (known !== undefined) return known;
  const { url } = schedule.scrape;
  const address = URL.canParse(url) ? new URL(url) : null;
  addresses.set(schedule, address);
  return address;
}

function subjectOf(
  { db, scheduler }: AdviceContext,
  schedule: Schedule,
  plan: Plan,
): AdviceSubject {
  const url = addressOf(schedule);
  const stored = scheduler.book.byId(schedule.id)?.stored;
  return {
    id: schedule.id,
    name: schedule.name,
    enabled: schedule.enabled,
    rhythm: plan.rhythm,
    timezone: plan.timezone,
    hours: plan.hours,
    host: url?.host ?? null,
    loopback: url !== null && isLoopback(url.hostname),
    jitterMs: durationMs(schedule.jitter),
    overlap: schedule.overlap,
    usual: stored === undefined ? null : usualRun(db, stored.number),
  };
}

/** The stored schedules on these hosts that run, but for those with these ids. */
function comparedWith(
  context: AdviceContext,
  hosts: ReadonlySet<string>,
  ids: ReadonlySet<string>,
  most: number,
): readonly AdviceSubject[] {
  const found: AdviceSubject[] = [];
  for (const entry of context.scheduler.book.all()) {
    if (found.length >= most) break;
    const { document } = entry.stored;
    if (entry.nextAtMs === null || ids.has(document.id)) continue;
    const host = addressOf(document)?.host;
    if (host !== undefined && hosts.has(host)) found.push(subjectOf(context, document, entry.plan));
  }
  return found;
}

/** Subjects by their host; those without one are compared with none. */
function byHost(subjects: readonly AdviceSubject[]): ReadonlyMap<string, readonly AdviceSubject[]> {
  const hosts = new Map<string, AdviceSubject[]>();
  for (const subject of subjects) {
    if (subject.host === null) continue;
    const known = hosts.get(subject.host);
    if (known === undefined) hosts.set(subject.host, [subject]);
    else known.push(subject);
  }
  return hosts;
}

/** Says that the rest of many schedules wasn't looked at; nothing where there is none. */
function notLookedAt(rest: readonly Schedule[]): readonly ScheduleAdvice[] {
  const [first] = rest;
  if (first === undefined) return [];
  const more = rest.length === 1 ? "wasn't" : `and ${String(rest.length - 1)} more weren't`;
  const text =
    `Advice was given on the first ${String(maxAdvised)} schedules; this one ${more} looked at: ` +
    'open it in the editor to have advice on it.';
  const params = { looked: maxAdvised, left: rest.length };
  return [{ schedule: first.id, code: 'not-looked-at', level: 'hint', path: '', params, text }];
}

/** A schedule to be advised on; its plan is made only where it is looked at. */
interface Candidate {
  readonly schedule: Schedule;
  readonly plan: () => Plan;
}

/** Advice on many schedules at once: on the first thousand, and the rest is named as not looked at. */
function adviceOnMany(context: AdviceContext, all: readonly Candidate[]): ScheduleAdvice[] {
  const nowMs = context.clock.now();
  const schedules = all.map(({ schedule }) => schedule);
  const looked = all
    .slice(0, maxAdvised)
    .map(({ schedule, plan }) => subjectOf(context, schedule, plan()));
  const hosts = new Set(looked.flatMap(({ host }) => (host === null ? [] : [host])));
  const ids = new Set(schedules.map(({ id }) => id));
  const others = byHost([...looked, ...comparedWith(context, hosts, ids, maxCompared)]);
  const advice = looked.flatMap((subject) =>
    adviseOn(subject, others.get(subject.host ?? '') ?? [], nowMs).map((one) => ({
      ...one,
      schedule: subject.id,
    })),
  );
  return [...advice, ...notLookedAt(schedules.slice(maxAdvised))];
}

/**
 * Advice on a schedule that need not be stored, under the plan it would have: the editor's. It takes
 * the place of a stored one with its id.
 */
export function adviceOn(context: AdviceContext, schedule: Schedule, plan: Plan): Advice[] {
  const subject = subjectOf(context, schedule, plan);
  const hosts = new Set(subject.host === null ? [] : [subject.host]);
  const others = comparedWith(context, hosts, new Set([schedule.id]), maxOthers);
  return [...adviseOn(subject, others, context.clock.now())];
}

/**
 * Advice on the schedules of a file in a world that has its hours. They take the place of stored ones
 * with their ids; of more than a thousand the first are looked at.
 */
export function adviceOnFile(
  context: AdviceContext,
  schedules: readonly Schedule[],
  world: World,
): ScheduleAdvice[] {
  return adviceOnMany(
    context,
    schedules.map((schedule) => ({ schedule, plan: () => planOf(schedule, world) })),
  );
}

/**
 * Advice on the stored schedules that are switched on; of more than a thousand on the first. What has
 * run its one time is finished, and needs none.
 */
export function adviceOnStored(context: AdviceContext): ScheduleAdvice[] {
  const all = context.scheduler.book
    .all()
    .filter(({ stored }) => stored.document.enabled)
    .map(({ stored, plan }) => ({ schedule: stored.document, plan: () => plan }));
  return adviceOnMany(context, all).filter(
    ({ code, params }) => code !== 'never' || params['reason'] !== 'passed',
  );
}
