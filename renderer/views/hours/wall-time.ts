const clockPattern = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(a|am|p|pm|a\.m\.|p\.m\.)?$/i;
const dayMinutes = 24 * 60;

/** `09:05` of minutes since midnight; 1440 is `24:00`. */
export function timeText(minutes: number): string {
  const hour = Math.floor(minutes / 60);
  return `${String(hour).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Minutes since midnight of a time of day as people type it: 9, 930, 9:30, 9.30, 9pm, 24; null where it is none. */
export function timeMinutes(text: string): number | null {
  const match = clockPattern.exec(text.trim());
  if (match === null) return null;
  const typedHour = Number(match[1]);
  const minute = Number(match[2] ?? '0');
  const half = match[3]?.[0]?.toLowerCase();
  if (half !== undefined && (typedHour < 1 || typedHour > 12)) return null;
  const hour = half === undefined ? typedHour : (typedHour % 12) + (half === 'p' ? 12 : 0);
  const minutes = hour * 60 + minute;
  return minute > 59 || minutes > dayMinutes ? null : minutes;
}

/** A typed time of day in the form of the schedule file, `09:30`; what can't be read stays as typed. */
export function tidyTime(text: string): string {
  const minutes = timeMinutes(text);
  return minutes === null ? text.trim() : timeText(minutes);
}

/**
 * The time one step later or earlier, on whole steps, round the day. `24:00` is reached only where
 * `last` allows it, as the end of a window.
 */
export function steppedTime(text: string, byMinutes: number, last: '23:59' | '24:00'): string {
  const now = timeMinutes(text) ?? 0;
  const step = Math.abs(byMinutes);
  const steps = now / step;
  const next = (byMinutes > 0 ? Math.floor(steps) + 1 : Math.ceil(steps) - 1) * step;
  const ceiling = last === '24:00' ? dayMinutes : dayMinutes - step;
  if (next > ceiling) return timeText(0);
  if (next < 0) return timeText(ceiling);
  return timeText(next);
}
