import { weekdays, type Weekday } from '../../../contract/trigger.ts';
import type { HoursDraft, WeekDraft, WindowDraft } from './hours-draft.ts';
import { timeMinutes } from './wall-time.ts';

/** A stretch of one day in minutes since its midnight, half-open. */
export interface Stretch {
  readonly fromMinute: number;
  readonly toMinute: number;
}

const dayMinutes = 24 * 60;

/** How weekdays are called in full. */
export const dayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** How weekdays are called in few letters. */
export const dayLetters: Readonly<Record<Weekday, string>> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};

/** The part of a window that lies on its own day, and the part after midnight, if any. */
function parts(window: WindowDraft): {
  readonly own: Stretch | null;
  readonly spill: Stretch | null;
} {
  const opens = timeMinutes(window.opens);
  const closes = timeMinutes(window.closes);
  if (opens === null || closes === null || opens === closes || opens === dayMinutes)
    return { own: null, spill: null };
  if (closes > opens) return { own: { fromMinute: opens, toMinute: closes }, spill: null };
  return {
    own: { fromMinute: opens, toMinute: dayMinutes },
    spill: closes === 0 ? null : { fromMinute: 0, toMinute: closes },
  };
}

function united(stretches: readonly Stretch[]): readonly Stretch[] {
  const sorted = stretches.toSorted((one, other) => one.fromMinute - other.fromMinute);
  return sorted.reduce<readonly Stretch[]>((done, next) => {
    const last = done.at(-1);
    if (last === undefined || next.fromMinute > last.toMinute) return [...done, next];
    const joined = { ...last, toMinute: Math.max(last.toMinute, next.toMinute) };
    return [...done.slice(0, -1), joined];
  }, []);
}

/**
 * When each day is open as it is drawn: overnight windows reach into the day after the one they are
 * written on, touching and overlapping ones unite. Windows that are not finished yet are left out.
 */
export function weekShape(week: WeekDraft): ReadonlyMap<Weekday, readonly Stretch[]> {
  return new Map(
    weekdays.map((day, index) => {
      const dayBefore = weekdays[(index + 6) % 7] ?? day;
      const own = week[day].flatMap((window) => parts(window).own ?? []);
      const spilled = week[dayBefore].flatMap((window) => parts(window).spill ?? []);
      return [day, united([...own, ...spilled])];
    }),
  );
}

function windowsWords(windows: readonly WindowDraft[]): string {
  return windows
    .map(({ opens, closes }) =>
      opens === '00:00' && closes === '24:00' ? 'all day' : `${opens}–${closes}`,
    )
    .join(', ');
}

/** A run of neighbouring days with the same windows, `Mon–Fri 09:00–17:00`. */
function daysWords(days: readonly Weekday[], windows: string): string {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return '';
  const names =
    first === last
      ? dayLetters[first]
      : days.length === 7
        ? 'Every day'
        : `${dayLetters[first]}${days.length === 2 ? ', ' : '–'}${dayLetters[last]}`;
  return `${names} ${windows}`;
}

/** What closes hours beside their week, in few words: `on holidays of US-NY`, `on 3 dates`. */
function closedWords({ dates, holidays, ics }: HoursDraft): readonly string[] {
  const count = dates.length;
  return [
    ...(holidays === null ? [] : [`on holidays of ${holidays}`]),
    ...(count === 0 ? [] : [`on ${String(count)} ${count === 1 ? 'date' : 'dates'}`]),
    ...(ics === null ? [] : ['at the times of a calendar']),
  ];
}

/**
 * Hours in few words: `Mon–Fri 09:00–17:00; Sat, Sun all day`, with what closes them otherwise:
 * `Always; not on holidays of US-NY, nor on 3 dates`.
 */
export function hoursWords(hours: HoursDraft): string {
  const groups: { days: Weekday[]; windows: string }[] = [];
  for (const day of weekdays) {
    const windows = windowsWords(hours.week[day]);
    const last = groups.at(-1);
    if (last?.windows === windows) last.days.push(day);
    else groups.push({ days: [day], windows });
  }
  const open = groups.filter((group) => group.windows !== '');
  const week = hours.always
    ? 'Always'
    : open.length === 0
      ? 'Never open'
      : open.map((group) => daysWords(group.days, group.windows)).join('; ');
  const closed = closedWords(hours);
  return closed.length === 0 ? week : `${week}; not ${closed.join(', nor ')}`;
}
