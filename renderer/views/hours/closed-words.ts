import type { ClosedView } from '../../../contract/calendars.ts';

const date: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  // Wall times are formatted as they stand: as if they were those of UTC.
  timeZone: 'UTC',
};
const dateFormat = new Intl.DateTimeFormat('en-GB', date);
const timeFormat = new Intl.DateTimeFormat('en-GB', {
  ...date,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** A date as people read it, `Fri, 25 Dec 2026`; what is none stays as it is. */
export function dateWords(text: string): string {
  const atMs = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(atMs) ? text : dateFormat.format(atMs);
}

/**
 * One closed time of a calendar: a day, days from and to (`Thu, 3 Dec – Sun, 6 Dec 2026`), or wall times
 * (`Thu, 3 Dec 2026, 12:00–14:30`).
 */
export function closedTimeWords({ from, to, allDay }: ClosedView['times'][number]): string {
  const zeroes = allDay ? 'T00:00:00Z' : 'Z';
  const [fromMs, toMs] = [Date.parse(`${from}${zeroes}`), Date.parse(`${to}${zeroes}`)];
  if (Number.isNaN(fromMs) || Number.isNaN(toMs) || toMs < fromMs) return `${from} – ${to}`;
  // The thin spaces Intl sets round its dash vary by its version.
  return (allDay ? dateFormat : timeFormat).formatRange(fromMs, toMs).replaceAll('\u2009', ' ');
}
