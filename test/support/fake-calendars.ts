import type { ClosedView, HolidayPlace } from '../../contract/calendars.ts';
import { ok, type Answers } from './fake-client.ts';

/** Three countries: one with regions, one without, one whose name begins like the first's. */
export const somePlaces: readonly HolidayPlace[] = [
  { code: 'IE', name: 'Ireland', regions: [] },
  { code: 'AE', name: 'United Arab Emirates', regions: [] },
  {
    code: 'US',
    name: 'United States',
    regions: [
      { code: 'US-AL', name: 'Alabama' },
      { code: 'US-NY', name: 'New York' },
    ],
  },
];

/** What closes hours where nothing does. */
export function aClosedView(changes: Partial<ClosedView> = {}): ClosedView {
  return { faults: [], holidays: [], calendar: null, events: 0, times: [], ...changes };
}

const holidays = [
  { date: '2026-11-26', name: 'Thanksgiving Day' },
  { date: '2026-12-25', name: 'Christmas Day' },
  { date: '2027-01-01', name: 'New Year’s Day' },
  { date: '2027-01-18', name: 'Martin Luther King Jr. Day' },
  { date: '2027-02-15', name: 'Washington’s Birthday' },
  { date: '2027-05-31', name: 'Memorial Day' },
];

/** The text of a calendar of this name with one day off. */
export function anIcs(name: string): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Jackdaw//test//EN',
    `X-WR-CALNAME:${name}`,
    'BEGIN:VEVENT',
    'UID:stocktaking@example.org',
    'DTSTAMP:20261101T000000Z',
    'DTSTART;VALUE=DATE:20261201',
    'DTEND;VALUE=DATE:20261202',
    'SUMMARY:Stocktaking',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

const notACalendar =
  'is no calendar: it has no line BEGIN:VCALENDAR; choose a file that ends in .ics';

/**
 * A main that knows a few places and reads calendars by their name line: enough for a form, and as
 * main answers it.
 */
export const calendarAnswers: Answers = {
  listHolidayPlaces: () => ok([...somePlaces]),
  readClosed: ({ closed }) => {
    if (closed.holidays !== undefined) {
      const { holidays: code } = closed;
      const isKnown = somePlaces.some(
        (place) => place.code === code || place.regions.some((region) => region.code === code),
      );
      const fault = {
        path: 'closed.holidays',
        message: `names ${code}, no country whose holidays are known; write one such as US`,
      };
      return ok(aClosedView(isKnown ? { holidays } : { faults: [fault] }));
    }
    if (closed.ics?.startsWith('BEGIN:VCALENDAR') !== true)
      return ok(aClosedView({ faults: [{ path: 'closed.ics', message: notACalendar }] }));
    return ok(
      aClosedView({
        calendar: /X-WR-CALNAME:(.*?)\r?\n/.exec(closed.ics)?.[1] ?? '',
        events: 2,
        times: [
          { from: '2026-12-01', to: '2026-12-01', allDay: true, name: 'Stocktaking' },
          {
            from: '2026-12-03T12:00:00',
            to: '2026-12-03T14:30:00',
            allDay: false,
            name: 'Works meeting',
          },
        ],
      }),
    );
  },
};
