import { civilDate, daySeconds, twoDigits, weekdayOf } from './civil.ts';

const weekdayNames = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A weekday by its number: Monday is 0. */
export function weekdayName(weekday: number): string {
  return weekdayNames[weekday] ?? '';
}

/** A month by its number: January is 1. */
export function monthName(month: number): string {
  return monthNames[month - 1] ?? '';
}

/** "Thursday 26 November", with the year where it isn't that of the reference day. */
export function dateWords(day: number, reference: number): string {
  const date = civilDate(day);
  const year = date.year === civilDate(reference).year ? '' : ` ${String(date.year)}`;
  const name = weekdayName(weekdayOf(day));
  return `${name} ${String(date.day)} ${monthName(date.month)}${year}`;
}

/** "26 November 2026". */
export function plainDate(day: number): string {
  const date = civilDate(day);
  return `${String(date.day)} ${monthName(date.month)} ${String(date.year)}`;
}

/** "09:30", with the seconds where there are any; the end of a day is 24:00. */
export function clockWords(second: number): string {
  const minutes = `${twoDigits(Math.floor(second / 3_600))}:${twoDigits(Math.floor(second / 60) % 60)}`;
  return second % 60 === 0 ? minutes : `${minutes}:${twoDigits(second % 60)}`;
}

/**
 * A local second as seen from a reference day: "18:00" on that day, "Friday 09:00" in the week that
 * follows, else with its date.
 */
export function whenWords(local: number, reference: number): string {
  const day = Math.floor(local / daySeconds);
  const time = clockWords(local - day * daySeconds);
  if (day === reference) return time;
  const near = day > reference && day - reference < 7;
  return `${near ? weekdayName(weekdayOf(day)) : dateWords(day, reference)} ${time}`;
}

/** "3 dates", "1 date". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

/** "A, B and C"; a single word alone. */
export function listWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** "Mon–Fri", "Mon, Wed", "every day": weekdays by their numbers, Monday 0, in their order. */
export function weekdaysWords(weekdays: readonly number[]): string {
  const sorted = [...new Set(weekdays)].sort((a, b) => a - b);
  if (sorted.length === 7) return 'every day';
  const short = (weekday: number): string => weekdayName(weekday).slice(0, 3);
  const runs: { readonly first: number; last: number }[] = [];
  for (const weekday of sorted) {
    const run = runs.at(-1);
    if (run !== undefined && weekday === run.last + 1) run.last = weekday;
    else runs.push({ first: weekday, last: weekday });
  }
  return runs
    .map(({ first, last }) => (first === last ? short(first) : `${short(first)}–${short(last)}`))
    .join(', ');
}

const lengths = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** A length of time in its two largest units: "5 hours", "1 minute 30 seconds"; what is left is cut off. */
export function lengthWords(lengthMs: number): string {
  const seconds = Math.round(lengthMs / 1_000);
  const index = lengths.findIndex(([unit]) => seconds >= unit);
  const [unit, name] = lengths[index] ?? [1, 'second'];
  const whole = counted(Math.floor(seconds / unit), name);
  const [below, lesser] = lengths[index + 1] ?? [unit, name];
  const rest = Math.floor((seconds % unit) / below);
  return rest === 0 ? whole : `${whole} ${counted(rest, lesser)}`;
}
