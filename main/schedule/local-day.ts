import { DateTime } from 'luxon';

/**
 * The local date an instant lies in, as instants (epoch ms): from its first moment, which a clock
 * change may put later than 00:00, up to the next date's.
 */
export function localDay(
  zone: string,
  atMs: number,
): { readonly fromMs: number; readonly untilMs: number } {
  const start = DateTime.fromMillis(atMs, { zone }).startOf('day');
  return { fromMs: start.toMillis(), untilMs: start.plus({ days: 1 }).startOf('day').toMillis() };
}

/** The last local dates up to the one an instant lies in, oldest first, as instants. */
export function localDays(
  zone: string,
  atMs: number,
  count: number,
): readonly { readonly fromMs: number; readonly untilMs: number }[] {
  const days = [localDay(zone, atMs)];
  while (days.length < count) days.push(localDay(zone, (days.at(-1)?.fromMs ?? atMs) - 1));
  return days.reverse();
}
