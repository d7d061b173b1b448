import { segmentAt } from '../offsets.ts';
import { counted, listWords, whenWords } from '../words.ts';
import { daySeconds } from '../civil.ts';
import type { Finding } from './findings.ts';
import {
  comingSlots,
  hourStart,
  isTimed,
  slotsAreKept,
  type AdviceSubject,
  type Coming,
  type TimedSubject,
} from './subject.ts';

/**
 * How many requests an hour all schedules together may send to one host before it is advised against:
 * five a minute, about what one person asks of a site who reads it without a pause. More than that
 * stands out in a site's own figures, and is what gets an address shut out. The gap of a second that
 * each host's lane keeps would let 3,600 through.
 */
export const requestsAnHour = 300;

/** With how many other schedules of its host one is compared, at the most: the first of those given. */
export const maxOthers = 100;

/** How many schedules without any run are looked at: that there is none takes longest to find out. */
const maxIdle = 1;

const hourMs = 3_600_000;
const minuteMs = 60_000;
const hoursLookedAt = 24;
const shownNames = 3;

/** A schedule of the same host with its coming slots. */
interface Neighbour {
  readonly subject: TimedSubject;
  readonly coming: Coming;
}

/** The enabled schedules on the subject's host that run in the coming week. */
export function neighboursOf(
  subject: TimedSubject,
  others: readonly AdviceSubject[],
  nowMs: number,
): readonly Neighbour[] {
  const found: Neighbour[] = [];
  let idle = 0;
  for (const other of others) {
    if (found.length >= maxOthers) break;
    if (!other.enabled || other.host !== subject.host || other.id === subject.id) continue;
    if (!isTimed(other) || (idle >= maxIdle && !slotsAreKept(other, nowMs))) continue;
    const coming = comingSlots(other, nowMs);
    if (coming === null) idle += 1;
    else found.push({ subject: other, coming });
  }
  return found;
}

/** How many requests a schedule sends in each of the 24 hours from `fromMs`. */
function requestsOf({ subject, coming }: Neighbour, fromMs: number): readonly number[] {
  const pages = subject.usual?.pages ?? 1;
  return Array.from(
    { length: hoursLookedAt },
    (_, index) => coming.countIn(fromMs + index * hourMs) * pages,
  );
}

/**
 * More than `requestsAnHour` requests to one host, all its enabled schedules together, in the busiest
 * of the 24 hours that begin with the subject's next slot: slots an hour times the usual pages of a
 * run, one without history. This computer's own hosts don't count.
 */
export function requestFindings(
  own: Neighbour,
  neighbours: readonly Neighbour[],
): readonly Finding[] {
  const { host, loopback } = own.subject;
  const [first] = own.coming.slots;
  if (host === null || loopback || first === undefined) return [];
  const all = [own, ...neighbours].map((one) => requestsOf(one, hourStart(first)));
  const totals =
    all[0]?.map((_, hour) => all.reduce((sum, one) => sum + (one[hour] ?? 0), 0)) ?? [];
  const most = Math.max(...totals);
  if (Math.round(most) <= requestsAnHour) return [];
  const hour = totals.indexOf(most);
  const schedules = all.filter((one) => (one[hour] ?? 0) > 0).length;
  const requests = Math.round(most);
  return [
    { code: 'many-requests', path: 'trigger', host, requests, limit: requestsAnHour, schedules },
  ];
}

/** Whether some minutes more or less would keep a schedule apart from others: not if it runs every minute. */
function canBeShifted({ subject, coming }: Neighbour): boolean {
  return subject.jitterMs <= 0 && coming.closestMs > minuteMs;
}

/**
 * Other schedules on the host with a slot in the same minute, the three that meet it first by name.
 * Silent where one of the two has jitter, or runs every minute: moving it would change nothing.
 */
export function meetingFindings(
  own: Neighbour,
  neighbours: readonly Neighbour[],
  nowMs: number,
): readonly Finding[] {
  const { host, timezone } = own.subject;
  if (host === null || !canBeShifted(own)) return [];
  const minutes = new Set(
    own.coming.slots.filter((slot) => slot > nowMs).map((slot) => Math.floor(slot / minuteMs)),
  );
  const meetings = neighbours
    .flatMap((one) => {
      const met = one.coming.slots.find((slot) => minutes.has(Math.floor(slot / minuteMs)));
      return met === undefined || !canBeShifted(one) ? [] : [{ name: one.subject.name, at: met }];
    })
    .sort((a, b) => a.at - b.at);
  const [first] = meetings;
  if (first === undefined) return [];
  const names = meetings.slice(0, shownNames).map(({ name }) => name);
  const more = meetings.length - names.length;
  const others = listWords(more > 0 ? [...names, counted(more, 'other')] : names);
  const localOf = (atMs: number): number =>
    atMs / 1_000 + segmentAt(timezone, Math.floor(atMs / 1_000)).offset;
  const today = Math.floor(localOf(nowMs) / daySeconds);
  const time = whenWords(localOf(Math.floor(first.at / minuteMs) * minuteMs), today);
  return [{ code: 'same-minute', path: 'trigger', host, others, time }];
}
