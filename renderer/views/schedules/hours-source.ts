import type { ScheduleView } from '../../../contract/views.ts';

/**
 * Where the hours in effect come from, in a word or two: `Office hours (default)`, `Nights`,
 * `Own hours`, `Always`. Main's words begin with it, but for hours written out in place.
 */
export function hoursSource({ hours, document }: ScheduleView): string {
  if (typeof document.hours === 'object') return 'Own hours';
  return hours.split(': ')[0] ?? hours;
}

/** The hours in effect in full, and where they come from: `Own hours: Mon–Fri 09:00–17:00`. */
export function hoursInFull(schedule: ScheduleView): string {
  return typeof schedule.document.hours === 'object'
    ? `Own hours: ${schedule.hours}`
    : schedule.hours;
}
