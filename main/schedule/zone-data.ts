import { civilDate, daySeconds, twoDigits } from './civil.ts';
import { segmentAt } from './offsets.ts';
import { secondOf } from './bounds.ts';

/** The version of this runtime's time zone data, `2026c`; shown and kept with plans (rule 9). */
export function zoneDataVersion(): string {
  return process.versions['tz'] ?? 'unknown';
}

/** An offset in seconds as text, `-04:00`; seconds of the 19th century are rounded to the minute. */
export function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60);
  const sign = offset < 0 ? '-' : '+';
  return `${sign}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** A date, `2026-03-08`, of a day number. */
export function dateText(day: number): string {
  const date = civilDate(day);
  const year = String(date.year).padStart(4, '0');
  return `${year}-${twoDigits(date.month)}-${twoDigits(date.day)}`;
}

/** A local date and time, `2026-03-08T03:00:00`, of local seconds. */
export function localText(local: number): string {
  const day = Math.floor(local / daySeconds);
  const second = local - day * daySeconds;
  const time = [second / 3_600, (second / 60) % 60, second % 60]
    .map((part) => twoDigits(Math.floor(part)))
    .join(':');
  return `${dateText(day)}T${time}`;
}

/** The same without its seconds where there are none, `2026-03-08T03:00`. */
export function wallText(local: number): string {
  const text = localText(local);
  return text.endsWith(':00') ? text.slice(0, -':00'.length) : text;
}

/**
 * The wall time of an instant (epoch ms) in a zone with its offset, `2026-03-08T03:00:00-04:00`.
 * Fractions of a second are cut off; an offset of the 19th century is rounded to the minute.
 */
export function localIso(ms: number, zone: string): string {
  const second = secondOf(ms);
  const { offset } = segmentAt(zone, second);
  return `${localText(second + offset)}${offsetText(offset)}`;
}
