import type {
  ClosedCalendar,
  ClosedTime,
  ClosedYear,
} from '../../main/schedule/closed-calendar.ts';
import { wallMinute, type ClosedStretch, type Closings } from './walker-days.ts';

const daySeconds = 86_400;
const noYear: ClosedYear = { days: new Map(), times: [] };

function numberOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / (daySeconds * 1_000);
}

/** The seconds of the wall clock before and after which a year's times are no more its own. */
function yearSeconds(year: number): { readonly from: number; readonly to: number } {
  const from = Date.parse(`${String(year).padStart(4, '0')}-01-01T00:00:00Z`) / 1_000;
  return { from: from - 2 * daySeconds, to: from + 368 * daySeconds };
}

function yearOf(second: number): number {
  return new Date(second * 1_000).getUTCFullYear();
}

function closedTime(stretch: ClosedStretch, index: number): ClosedTime {
  const name = `Event ${String(index + 1)}`;
  return stretch.floating
    ? {
        floating: true,
        from: wallMinute(stretch.from) * 60,
        to: wallMinute(stretch.to) * 60,
        name,
      }
    : { floating: false, from: stretch.fromMs / 1_000, to: stretch.toMs / 1_000, name };
}

function holidays(dates: readonly string[]): ClosedCalendar {
  const years = Map.groupBy(dates, (date) => Number(date.slice(0, 4)));
  const known = new Map(
    [...years].map(([year, ofYear]): [number, ClosedYear] => [
      year,
      { days: new Map(ofYear.map((date) => [numberOf(date), `Holiday ${date}`])), times: [] },
    ]),
  );
  return { kind: 'holidays', closedIn: (year) => known.get(year) ?? noYear };
}

function events(stretches: readonly ClosedStretch[]): ClosedCalendar {
  const times = stretches.map(closedTime).sort((a, b) => a.from - b.from);
  const known = new Map<number, ClosedTime[]>();
  for (const time of times)
    for (let year = yearOf(time.from) - 1; year <= yearOf(time.to) + 1; year += 1) {
      const { from, to } = yearSeconds(year);
      if (time.from >= to || time.to <= from) continue;
      const ofYear = known.get(year) ?? [];
      ofYear.push(time);
      known.set(year, ofYear);
    }
  const years = new Map(
    [...known].map(([year, ofYear]): [number, ClosedYear] => [
      year,
      { days: new Map(), times: ofYear },
    ]),
  );
  return { kind: 'events', closedIn: (year) => years.get(year) ?? noYear };
}

/** Closings as the calendars the engine reads: every year of them is known. None where nothing closes. */
export function plainCalendars(closings: Closings): readonly ClosedCalendar[] {
  return [
    ...(closings.dates.length === 0 ? [] : [holidays(closings.dates)]),
    ...(closings.times.length === 0 ? [] : [events(closings.times)]),
  ];
}

const compact = (text: string): string => text.replaceAll(/[-:]/g, '');

function eventText(stretch: ClosedStretch): readonly string[] {
  if (stretch.floating)
    return [`DTSTART:${compact(stretch.from)}00`, `DTEND:${compact(stretch.to)}00`];
  const utc = (ms: number): string => `${compact(new Date(ms).toISOString().slice(0, 19))}Z`;
  return [`DTSTART:${utc(stretch.fromMs)}`, `DTEND:${utc(stretch.toMs)}`];
}

/** Closings as the text of an ICS calendar, for whoever asks again by hand; null where nothing closes. */
export function icsText(closings: Closings): string | null {
  const bodies = [
    ...closings.dates.map((date) => [`DTSTART;VALUE=DATE:${compact(date)}`]),
    ...closings.times.map(eventText),
  ];
  if (bodies.length === 0) return null;
  const entries = bodies.flatMap((body, index) => [
    'BEGIN:VEVENT',
    `UID:${String(index + 1)}@jackdaw.invalid`,
    'DTSTAMP:20260101T000000Z',
    ...body,
    `SUMMARY:Event ${String(index + 1)}`,
    'END:VEVENT',
  ]);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Jackdaw//tests//EN',
    ...entries,
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
