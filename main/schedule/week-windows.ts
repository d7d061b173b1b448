import { weekdays } from '../../contract/trigger.ts';
import type { Week } from '../../contract/hours.ts';
import { civilDate, dayNumber, dayNumberOf, daySeconds, secondOfDay, weekdayOf } from './civil.ts';
import type { ClosedCalendar } from './closed-calendar.ts';
import type { ActiveHours } from './types.ts';

/** A half-open window `[from, to)` in seconds of one day; overnight ones are cut at midnight. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Why a whole local date is closed: the user excluded it, or a calendar names what closes it. */
export type ClosedDate =
  { readonly kind: 'excluded' } | { readonly kind: ClosedCalendar['kind']; readonly name: string };

/** Active hours made ready for questions: windows a weekday (Monday first), and what else closes them. */
export interface OpenDays {
  /** Seven lists, sorted, apart from each other: what touched or overlapped is one. */
  readonly windows: readonly (readonly Window[])[];
  /** Why a day number's date is closed whatever the week says; null where it isn't. */
  readonly closedDate: (day: number) => ClosedDate | null;
  /** The calendars that close times within days too. */
  readonly events: readonly ClosedCalendar[];
  /** Where only some dates are closed: the first and the last of them, as day numbers; else null. */
  readonly onlyBetween: { readonly first: number; readonly last: number } | null;
  /** Whether nothing is ever closed. */
  readonly always: boolean;
  /** Whether no weekday has a window. */
  readonly never: boolean;
}

const closedDay: readonly Window[] = [];
const wholeDay: readonly Window[] = [{ from: 0, to: daySeconds }];
const wholeWeek: readonly (readonly Window[])[] = weekdays.map(() => wholeDay);
const noCalendars: readonly ClosedCalendar[] = [];
const noDates: readonly string[] = [];

/** Sorts windows and unites those that touch or overlap. */
function unite(windows: readonly Window[]): readonly Window[] {
  const united: Window[] = [];
  for (const window of [...windows].sort((a, b) => a.from - b.from)) {
    const last = united.at(-1);
    if (last !== undefined && window.from <= last.to)
      united[united.length - 1] = { from: last.from, to: Math.max(last.to, window.to) };
    else united.push(window);
  }
  return united;
}

/** The windows of each weekday, those that run past midnight cut in two. */
function windowsOfWeek(week: Week): readonly (readonly Window[])[] {
  const days: Window[][] = weekdays.map(() => []);
  weekdays.forEach((weekday, index) => {
    for (const text of week[weekday] ?? []) {
      const from = secondOfDay(text.slice(0, 5));
      const to = secondOfDay(text.slice(6));
      if (from < to) days[index]?.push({ from, to });
      else {
        days[index]?.push({ from, to: daySeconds });
        if (to > 0) days[(index + 1) % 7]?.push({ from: 0, to });
      }
    }
  });
  return days.map(unite);
}

const weeks = new WeakMap<Week, readonly (readonly Window[])[]>();
const dateLists = new WeakMap<readonly string[], ReadonlySet<number>>();

function cached<Key extends object, Value>(
  cache: WeakMap<Key, Value>,
  key: Key,
  build: (key: Key) => Value,
): Value {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = build(key);
  cache.set(key, value);
  return value;
}

const ready = new WeakMap<ActiveHours, OpenDays>();
const alwaysOpen: OpenDays = {
  windows: wholeWeek,
  closedDate: () => null,
  events: noCalendars,
  onlyBetween: null,
  always: true,
  never: false,
};

const excluded: ClosedDate = { kind: 'excluded' };

/** The dates one calendar closes in a year. */
interface KindOfYear {
  readonly kind: ClosedCalendar['kind'];
  readonly days: ReadonlyMap<number, string>;
}

/**
 * What calendars close of dates. A name says more than a date that is also excluded by hand. Days are
 * mostly asked for in a row: a year that all calendars know is kept until another one is asked for.
 */
function namedDates(calendars: readonly ClosedCalendar[]): (day: number) => ClosedDate | null {
  let kept: { readonly from: number; readonly to: number; readonly years: readonly KindOfYear[] } =
    {
      from: 0,
      to: 0,
      years: [],
    };
  const yearsOf = (day: number): readonly KindOfYear[] => {
    if (kept.from <= day && day < kept.to) return kept.years;
    const { year } = civilDate(day);
    const years = calendars.flatMap((calendar): KindOfYear[] => {
      const closed = calendar.closedIn(year);
      return closed === undefined ? [] : [{ kind: calendar.kind, days: closed.days }];
    });
    if (years.length === calendars.length)
      kept = { from: dayNumber(year, 1, 1), to: dayNumber(year + 1, 1, 1), years };
    return years;
  };
  return (day) => {
    for (const { kind, days } of yearsOf(day)) {
      const name = days.get(day);
      if (name !== undefined) return { kind, name };
    }
    return null;
  };
}

/** What calendars or the user's own dates close; apart, so that hours without calendars stay small. */
function namedOr(calendars: readonly ClosedCalendar[], byHand: OpenDays['closedDate']) {
  const named = namedDates(calendars);
  return (day: number): ClosedDate | null => named(day) ?? byHand(day);
}

function rangeOf(days: ReadonlySet<number>): { readonly first: number; readonly last: number } {
  const sorted = [...days].sort((a, b) => a - b);
  return { first: sorted[0] ?? 0, last: sorted.at(-1) ?? 0 };
}

function build(hours: ActiveHours): OpenDays {
  const windows = hours.week === undefined ? wholeWeek : cached(weeks, hours.week, windowsOfWeek);
  const dates = cached(dateLists, hours.closed?.dates ?? noDates, (list) => {
    return new Set(list.map(dayNumberOf));
  });
  const calendars = hours.calendars ?? noCalendars;
  const byHand = (day: number): ClosedDate | null => (dates.has(day) ? excluded : null);
  const isWhole = (day: readonly Window[]): boolean =>
    day[0]?.from === 0 && day[0].to === daySeconds;
  const isOpenElse = calendars.length === 0 && windows.every(isWhole);
  return {
    windows,
    closedDate: calendars.length === 0 ? byHand : namedOr(calendars, byHand),
    events: calendars.filter(({ kind }) => kind === 'events'),
    onlyBetween: isOpenElse && dates.size > 0 ? rangeOf(dates) : null,
    always: isOpenElse && dates.size === 0,
    never: windows.every((day) => day.length === 0),
  };
}

/**
 * Active hours made ready for questions; null is always open. The result is kept as long as the
 * object is, so hours must not be changed in place.
 */
export function openDays(hours: ActiveHours | null): OpenDays {
  return hours === null ? alwaysOpen : cached(ready, hours, build);
}

/** The windows of one local day; none where its date is closed (rule 5). */
export function windowsOn(open: OpenDays, day: number): readonly Window[] {
  return open.closedDate(day) !== null ? closedDay : (open.windows[weekdayOf(day)] ?? closedDay);
}

/** Whether the wall clock stands inside a window at this local second. */
export function isOpenAtLocal(open: OpenDays, local: number): boolean {
  const day = Math.floor(local / daySeconds);
  const second = local - day * daySeconds;
  return windowsOn(open, day).some((window) => window.from <= second && second < window.to);
}

/** The first open local second at or after `local` and before `limit`; null where there is none. */
export function nextOpenLocal(open: OpenDays, local: number, limit: number): number | null {
  let day = Math.floor(local / daySeconds);
  let second = local - day * daySeconds;
  for (; day * daySeconds < limit; day += 1, second = 0)
    for (const window of windowsOn(open, day)) {
      if (window.to <= second) continue;
      const found = day * daySeconds + Math.max(second, window.from);
      return found < limit ? found : null;
    }
  return null;
}

/** Where the united window holding the open second `local` ends, but no later than `limit`. */
export function openUntilLocal(open: OpenDays, local: number, limit: number): number {
  let reached = local;
  while (reached < limit) {
    const day = Math.floor(reached / daySeconds);
    const second = reached - day * daySeconds;
    const window = windowsOn(open, day).find((one) => one.from <= second && second < one.to);
    if (window === undefined) return reached;
    reached = day * daySeconds + window.to;
  }
  return limit;
}

/** Where the united window holding the second before `local` began, but no earlier than `limit`. */
export function openSinceLocal(open: OpenDays, local: number, limit: number): number {
  let reached = local;
  while (reached > limit) {
    const day = Math.floor((reached - 1) / daySeconds);
    const second = reached - 1 - day * daySeconds;
    const window = windowsOn(open, day).find((one) => one.from <= second && second < one.to);
    if (window === undefined) return reached;
    reached = day * daySeconds + window.from;
  }
  return limit;
}

/**
 * The last end of an open window at or before `local` and after `limit`: the second before it is
 * open. Null where nothing was open in between.
 */
export function lastOpenEndLocal(open: OpenDays, local: number, limit: number): number | null {
  let day = Math.floor((local - 1) / daySeconds);
  let second = local - day * daySeconds;
  for (; (day + 1) * daySeconds > limit; day -= 1, second = daySeconds) {
    const window = windowsOn(open, day).findLast((one) => one.from < second);
    if (window === undefined) continue;
    const found = day * daySeconds + Math.min(second, window.to);
    return found > limit ? found : null;
  }
  return null;
}
