import { durationMs } from '../../../contract/time.ts';
import type { Trigger } from '../../../contract/trigger.ts';
import { daySeconds, weekdayOf } from '../civil.ts';
import type { CronReading } from '../cron-grammar.ts';
import type { TriggerRule } from '../trigger-rule.ts';
import { clockWords, lengthWords, weekdaysWords } from '../words.ts';
import { openDays } from '../week-windows.ts';
import type { Finding } from './findings.ts';
import type { TimedSubject } from './subject.ts';

type ReadCron = Extract<CronReading, { readonly ok: true }>;

const weekSeconds = 7 * daySeconds;
const weeksLookedAt = 53;
const maxFindings = 3;

/** An open window in seconds of the week from Monday 00:00; the end may lie in the next week. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The windows of a week as people name them: those cut at midnight whole again. */
export function openStretches(windows: ReturnType<typeof openDays>['windows']): readonly Stretch[] {
  const joined: { from: number; to: number }[] = [];
  windows.forEach((day, weekday) => {
    for (const window of day) {
      const from = weekday * daySeconds + window.from;
      const to = weekday * daySeconds + window.to;
      const last = joined.at(-1);
      if (last?.to === from) last.to = to;
      else joined.push({ from, to });
    }
  });
  const [first] = joined;
  const last = joined.at(-1);
  if (first === undefined || last === undefined || first === last) return joined;
  if (first.from !== 0 || last.to !== weekSeconds) return joined;
  return [...joined.slice(1, -1), { from: last.from, to: weekSeconds + first.to }];
}

/** The step of a cron expression that runs at a fixed distance all day, in seconds; else null. */
function cronStep({ pattern, text }: ReadCron): number | null {
  if (!pattern.starDOM || pattern.month.includes(0)) return null;
  const fields = (text.toLowerCase() === '@hourly' ? '0 * * * *' : text).split(' ');
  const [minute = '', hour = ''] = fields.slice(-5);
  if (fields.length === 6 && !/^\d+$/.test(fields[0] ?? '')) return null;
  const by = (field: string): number | null => {
    const [, step] = /^(?:\*|\d+-\d+)\/(\d+)$/.exec(field) ?? [];
    return step === undefined ? null : Number(step);
  };
  const minutes = by(minute);
  if (hour === '*' && minutes !== null) return minutes * 60;
  if (!/^\d+$/.test(minute)) return null;
  const hours = hour === '*' ? 1 : by(hour);
  return hours === null ? null : hours * 3_600;
}

/** How far apart a trigger's times are where that is one length under a day, in seconds; else null. */
function stepOf(trigger: Trigger, cron: ReadCron | null): number | null {
  if (cron !== null) return cronStep(cron);
  if (trigger.kind !== 'interval' || trigger.every.endsWith('d')) return null;
  const step = durationMs(trigger.every) / 1_000;
  return step < daySeconds ? step : null;
}

/** The times of a rule in a stretch, the first day of which is `day`: up to two; null where it has no such day. */
function timesIn(rule: TriggerRule, stretch: Stretch, day: number): readonly number[] | null {
  const start = Math.floor(stretch.from / daySeconds) * daySeconds;
  const times: number[] = [];
  let named = false;
  for (let date = day; (date - day) * daySeconds < stretch.to - start; date += 1) {
    if (rule.nextDay(date, date) === null) continue;
    named = true;
    const midnight = (date - day) * daySeconds;
    let second = Math.max(0, stretch.from - start - midnight);
    while (times.length < 2) {
      const time = second < daySeconds ? rule.nextTime(second) : null;
      if (time === null || midnight + time >= stretch.to - start) break;
      times.push(time);
      second = time + 1;
    }
  }
  return named ? times : null;
}

function windowWords(stretch: Stretch): string {
  const end = stretch.to % daySeconds;
  return `${clockWords(stretch.from % daySeconds)}–${clockWords(end === 0 ? daySeconds : end)}`;
}

/** Things said of several weekdays at once: the same words, with the days they hold on. */
function byDays<Said extends object>(
  said: readonly (readonly [weekday: number, said: Said])[],
): readonly (Said & { readonly days: string })[] {
  const groups = new Map<string, { readonly said: Said; readonly days: number[] }>();
  for (const [weekday, one] of said) {
    const key = JSON.stringify(one);
    const group = groups.get(key) ?? { said: one, days: [] };
    group.days.push(weekday);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => ({ ...group.said, days: weekdaysWords(group.days) }));
}

/** The first day from `today` on with this weekday, Monday 0. */
function dayWith(weekday: number, today: number): number {
  return today + ((weekday - weekdayOf(today) + 7) % 7);
}

/**
 * Windows shorter than the distance between two runs, with the one run that falls in, or none. Silent
 * where times outside are put off: each window then has its run. `today` is the local day number.
 */
export function shortWindowFindings(
  { rhythm, hours }: TimedSubject,
  rule: TriggerRule,
  cron: ReadCron | null,
  today: number,
): readonly Finding[] {
  const step = stepOf(rhythm.trigger, cron);
  if (step === null || hours === null || rhythm.outside === 'defer') return [];
  const said = openStretches(openDays(hours).windows).flatMap((stretch) => {
    if (stretch.to - stretch.from >= step) return [];
    const weekday = Math.floor(stretch.from / daySeconds);
    const times = timesIn(rule, stretch, dayWith(weekday, today));
    if (times === null || times.length > 1) return [];
    const time = times[0] === undefined ? '' : clockWords(times[0]);
    return [[weekday, { window: windowWords(stretch), time }] as const];
  });
  const every = lengthWords(step * 1_000);
  return byDays(said)
    .slice(0, maxFindings)
    .map((group) => ({ code: 'short-window', path: 'hours', every, ...group }));
}

/** Where a trigger names times of day, and not just a distance between them: the path; else null. */
function namedTimes(trigger: Trigger, rule: TriggerRule): string | null {
  switch (trigger.kind) {
    case 'interval':
      if (trigger.every.endsWith('d')) return 'trigger.at';
      return durationMs(trigger.every) === daySeconds * 1_000 ? 'trigger.anchor' : null;
    case 'calendar':
    case 'once':
      return 'trigger.at';
    case 'cron':
      return rule.fixed ? 'trigger.expression' : null;
  }
}

/** Whether a trigger has one of its days on this weekday within the coming year. */
function runsOn(rule: TriggerRule, weekday: number, today: number): boolean {
  const first = dayWith(weekday, today);
  for (let week = 0; week < weeksLookedAt; week += 1)
    if (rule.nextDay(first + 7 * week, first + 7 * week) !== null) return true;
  return false;
}

/**
 * Named times of day that are a window's end: windows are half-open, so these lie outside. Windows that
 * touch are one, so an end is never the beginning of another. `today` is the local day number.
 */
export function atCloseFindings(
  { rhythm, hours }: TimedSubject,
  rule: TriggerRule,
  today: number,
): readonly Finding[] {
  const path = namedTimes(rhythm.trigger, rule);
  if (path === null || hours === null) return [];
  const stretches = openStretches(openDays(hours).windows);
  const said = stretches.flatMap((stretch, index) => {
    if (stretch.to - stretch.from >= weekSeconds) return [];
    const end = stretch.to % weekSeconds;
    const weekday = Math.floor(end / daySeconds);
    const second = end % daySeconds;
    if (rule.nextTime(second) !== second || !runsOn(rule, weekday, today)) return [];
    const next = stretches[(index + 1) % stretches.length] ?? stretch;
    const opening = rhythm.outside === 'defer' ? clockWords(next.from % daySeconds) : '';
    return [[weekday, { time: clockWords(second), opening }] as const];
  });
  const name = hours.name ?? 'the hours';
  return byDays(said)
    .slice(0, maxFindings)
    .map((group) => ({ code: 'at-close', path, hours: name, ...group }));
}
