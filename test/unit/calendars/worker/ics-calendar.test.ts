import { describe, expect, it } from 'vitest';
import { readIcs } from '../../../../main/calendars/worker/ics-calendar.ts';
import { localText } from '../../../../main/schedule/zone-data.ts';
import { anEvent, anEventIcs, anIcs } from '../../../support/ics.ts';

/**
 * What a text closes in a year: dates, `2026-12-24`, and stretches of time, in UTC with a Z or
 * floating without one; a name that isn't `Busy day` is added.
 */
function closed(text: string, year = 2026): readonly string[] {
  const found = readIcs(text, year, year).years.get(year);
  const named = (what: string, name: string): string =>
    name === 'Busy day' ? what : `${what} ${name}`;
  const days = [...(found?.days ?? [])].sort(([a], [b]) => a - b);
  return [
    ...days.map(([day, name]) => named(localText(day * 86_400).slice(0, 10), name)),
    ...(found?.times ?? []).map(({ from, to, floating, name }) => {
      const shown = [from, to].map(
        (second) => localText(second).slice(0, 16) + (floating ? '' : 'Z'),
      );
      return named(shown.join('/'), name);
    }),
  ];
}

describe('calendars/ics: whole days', () => {
  it.each([
    ['without an end is one day', ['DTSTART;VALUE=DATE:20261224'], ['2026-12-24']],
    [
      'ends before its DTEND',
      ['DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227'],
      ['2026-12-24', '2026-12-25', '2026-12-26'],
    ],
    [
      'with its start as its end is one day',
      ['DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261224'],
      ['2026-12-24'],
    ],
    [
      'lasts as long as its DURATION',
      ['DTSTART;VALUE=DATE:20261224', 'DURATION:P2D'],
      ['2026-12-24', '2026-12-25'],
    ],
    [
      'lasts weeks',
      ['DTSTART;VALUE=DATE:20261228', 'DURATION:P1W'],
      ['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31'],
    ],
  ])('an event of whole days %s', (_, lines, expected) => {
    expect(closed(anEventIcs(...lines))).toEqual(expected);
  });

  it('reaches over New Year into the next year', () => {
    const text = anEventIcs('DTSTART;VALUE=DATE:20261230', 'DTEND;VALUE=DATE:20270103');
    expect(closed(text, 2026)).toEqual(['2026-12-30', '2026-12-31']);
    expect(closed(text, 2027)).toEqual(['2027-01-01', '2027-01-02']);
  });

  it('repeats each year, on 29 February in leap years only', () => {
    const text = anEventIcs('DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY');
    expect([2024, 2025, 2028].map((year) => closed(text, year))).toEqual([
      ['2024-02-29'],
      [],
      ['2028-02-29'],
    ]);
  });

  it('leaves out dates written as times, as some programs write them', () => {
    const text = anEventIcs(
      'DTSTART;VALUE=DATE:20261224',
      'RRULE:FREQ=DAILY;COUNT=3',
      'EXDATE;TZID=Europe/Berlin:20261225T000000',
    );
    expect(closed(text)).toEqual(['2026-12-24', '2026-12-26']);
  });
});

describe('calendars/ics: stretches of time', () => {
  it.each([
    [
      'in UTC',
      ['DTSTART:20261224T120000Z', 'DTEND:20261224T133000Z'],
      ['2026-12-24T12:00Z/2026-12-24T13:30Z'],
    ],
    [
      'in a zone',
      ['DTSTART;TZID=America/New_York:20260701T090000', 'DURATION:PT1H30M'],
      ['2026-07-01T13:00Z/2026-07-01T14:30Z'],
    ],
    [
      'with an end in another zone',
      ['DTSTART;TZID="Europe/Berlin":20260701T090000', 'DTEND;TZID=Europe/London:20260701T090000'],
      ['2026-07-01T07:00Z/2026-07-01T08:00Z'],
    ],
    [
      'floating',
      ['DTSTART:20260701T090000', 'DTEND:20260701T100000'],
      ['2026-07-01T09:00/2026-07-01T10:00'],
    ],
    ['without an end has no length', ['DTSTART:20260701T090000Z'], []],
    [
      'that ends before it starts has none',
      ['DTSTART:20260701T090000Z', 'DTEND:20260701T080000Z'],
      [],
    ],
  ])('an event %s', (_, lines, expected) => {
    expect(closed(anEventIcs(...lines))).toEqual(expected);
  });

  it('moves a start in the gap forward by the gap, and takes the first of two', () => {
    const zone = 'DTSTART;TZID=America/New_York';
    expect(closed(anEventIcs(`${zone}:20260308T023000`, 'DURATION:PT1H'))).toEqual([
      '2026-03-08T07:30Z/2026-03-08T08:30Z',
    ]);
    expect(closed(anEventIcs(`${zone}:20261101T013000`, 'DURATION:PT1H'))).toEqual([
      '2026-11-01T05:30Z/2026-11-01T06:30Z',
    ]);
  });

  it('keeps the wall clock of its zone through daylight saving', () => {
    const text = anEventIcs(
      'DTSTART;TZID=Europe/Berlin:20260328T090000',
      'DTEND;TZID=Europe/Berlin:20260328T100000',
      'RRULE:FREQ=DAILY;COUNT=2',
    );
    expect(closed(text)).toEqual([
      '2026-03-28T08:00Z/2026-03-28T09:00Z',
      '2026-03-29T07:00Z/2026-03-29T08:00Z',
    ]);
  });

  it('lasts a day of the calendar for P1D, 24 hours for PT24H', () => {
    const start = 'DTSTART;TZID=Europe/Berlin:20260328T120000';
    expect(closed(anEventIcs(start, 'DURATION:P1D'))).toEqual([
      '2026-03-28T11:00Z/2026-03-29T10:00Z',
    ]);
    expect(closed(anEventIcs(start, 'DURATION:PT24H'))).toEqual([
      '2026-03-28T11:00Z/2026-03-29T11:00Z',
    ]);
  });

  it('tells those a day before and after the year too, ordered by their start', () => {
    const text = anIcs(
      anEvent('DTSTART:20270101T100000Z', 'DURATION:PT1H'),
      anEvent('DTSTART:20251231T100000Z', 'DURATION:PT1H'),
      anEvent('DTSTART:20270102T100000Z', 'DURATION:PT1H'),
      anEvent('DTSTART:20251230T100000Z', 'DURATION:PT1H'),
    );
    expect(closed(text)).toEqual([
      '2025-12-31T10:00Z/2025-12-31T11:00Z',
      '2027-01-01T10:00Z/2027-01-01T11:00Z',
    ]);
  });
});

describe('calendars/ics: what repeats', () => {
  const morning = ['DTSTART;TZID=Europe/Berlin:20260105T090000', 'DURATION:PT1H'];
  const starts = (text: string): readonly string[] => closed(text).map((time) => time.slice(5, 16));

  it('follows a rule by weekdays until an instant in UTC', () => {
    const text = anEventIcs(...morning, 'RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260114T080000Z');
    expect(starts(text)).toEqual(['01-05T08:00', '01-07T08:00', '01-12T08:00', '01-14T08:00']);
  });

  it('includes the day of an UNTIL that is a date', () => {
    expect(starts(anEventIcs(...morning, 'RRULE:FREQ=DAILY;UNTIL=20260106'))).toHaveLength(2);
  });

  it('adds RDATE, with a period of its own length, and keeps its own start', () => {
    const text = anEventIcs(
      ...morning,
      'RDATE;TZID=Europe/Berlin:20260301T100000',
      'RDATE;VALUE=PERIOD:20260401T080000Z/PT3H,20260501T080000Z/20260501T090000Z',
    );
    expect(closed(text)).toEqual([
      '2026-01-05T08:00Z/2026-01-05T09:00Z',
      '2026-03-01T09:00Z/2026-03-01T10:00Z',
      '2026-04-01T08:00Z/2026-04-01T11:00Z',
      '2026-05-01T08:00Z/2026-05-01T09:00Z',
    ]);
  });

  it('leaves out EXDATE: a time, one in UTC, a whole date, one that never was', () => {
    const text = anEventIcs(
      ...morning,
      'RRULE:FREQ=DAILY;COUNT=6',
      'EXDATE;TZID=Europe/Berlin:20260105T100000,20260106T090000',
      'EXDATE:20260107T080000Z',
      'EXDATE;VALUE=DATE:20260108',
    );
    expect(starts(text)).toEqual(['01-05T08:00', '01-09T08:00', '01-10T08:00']);
  });

  it('takes an instance that was moved or cancelled for what it is', () => {
    const text = anIcs(
      anEvent(...morning, 'RRULE:FREQ=DAILY;COUNT=4'),
      anEvent(
        'RECURRENCE-ID;TZID=Europe/Berlin:20260106T090000',
        'DTSTART;TZID=Europe/Berlin:20260106T150000',
        'DURATION:PT2H',
        'SUMMARY:Moved',
      ).replace('SUMMARY:Busy day\r\n', ''),
      anEvent('RECURRENCE-ID:20260107T080000Z', 'DTSTART:20260107T080000Z', 'STATUS:CANCELLED'),
    );
    expect(closed(text)).toEqual([
      '2026-01-05T08:00Z/2026-01-05T09:00Z',
      '2026-01-06T14:00Z/2026-01-06T16:00Z Moved',
      '2026-01-08T08:00Z/2026-01-08T09:00Z',
    ]);
  });

  it('moves all later instances for RANGE=THISANDFUTURE', () => {
    const text = anIcs(
      anEvent(...morning, 'RRULE:FREQ=DAILY;COUNT=4'),
      anEvent(
        'RECURRENCE-ID;TZID=Europe/Berlin;RANGE=THISANDFUTURE:20260107T090000',
        'DTSTART;TZID=Europe/Berlin:20260107T110000',
        'DURATION:PT30M',
      ),
    );
    expect(closed(text)).toEqual([
      '2026-01-05T08:00Z/2026-01-05T09:00Z',
      '2026-01-06T08:00Z/2026-01-06T09:00Z',
      '2026-01-07T10:00Z/2026-01-07T10:30Z',
      '2026-01-08T10:00Z/2026-01-08T10:30Z',
    ]);
  });

  it.each([
    ['DAILY;INTERVAL=3', 122],
    ['DAILY;BYDAY=MO', 52],
    ['WEEKLY;INTERVAL=2;BYDAY=MO,FR', 52],
    ['HOURLY;INTERVAL=7', 1_252],
  ])('finds the same of FREQ=%s long after its start as from its start', (rule, count) => {
    const from = (year: number, limit: string): readonly string[] =>
      closed(
        anEventIcs(
          `DTSTART:${String(year)}0105T010000Z`,
          'DURATION:PT1M',
          `RRULE:FREQ=${rule}${limit}`,
        ),
      );
    const long = from(1999, '');
    expect(long).toEqual(from(1999, ';COUNT=90000'));
    expect(Math.abs(long.length - count)).toBeLessThanOrEqual(8);
  });
});

describe('calendars/ics: what closes nothing', () => {
  it.each([
    ['transparent', anEventIcs('DTSTART;VALUE=DATE:20261224', 'TRANSP:TRANSPARENT')],
    ['cancelled', anEventIcs('DTSTART;VALUE=DATE:20261224', 'STATUS:CANCELLED')],
    ['a task', anIcs('BEGIN:VTODO', 'DTSTART;VALUE=DATE:20261224', 'END:VTODO')],
    [
      'a free-busy time',
      anIcs('BEGIN:VFREEBUSY', 'FREEBUSY:20261224T080000Z/PT8H', 'END:VFREEBUSY'),
    ],
    ['an empty calendar', anIcs()],
  ])('%s', (_, text) => {
    expect([closed(text), readIcs(text, 2026, 2026).events]).toEqual([[], 0]);
  });
});

describe('calendars/ics: texts', () => {
  it('takes a BOM, LF alone, folded lines, escapes and lower case', () => {
    const text = `\uFEFF${anIcs(
      'begin:vevent',
      'DTSTART;VALUE=DATE:20261224',
      'SUMMARY:Christmas\\, the',
      '  eve',
      'DESCRIPTION:a line',
      'that some program broke',
      'end:vevent',
    ).replaceAll('\r\n', '\n')}`;
    expect(closed(text)).toEqual(['2026-12-24 Christmas, the eve']);
  });

  it('takes several calendars in one text, and the name of the first that has one', () => {
    const text =
      anEventIcs('DTSTART;VALUE=DATE:20261224') +
      anIcs(
        'X-WR-CALNAME:Plant\\, closed',
        anEvent('DTSTART;VALUE=DATE:20261231', 'RRULE:FREQ=YEARLY').replace('UID:one', 'UID:two'),
      );
    expect(closed(text)).toEqual(['2026-12-24', '2026-12-31']);
    const { name, events } = readIcs(text, 2026, 2026);
    expect([name, events]).toEqual(['Plant, closed', 2]);
  });

  it('calls an event without a summary busy, and shortens a long one', () => {
    const text = (summary: string): string =>
      anIcs('BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20261224', summary, 'END:VEVENT');
    expect(closed(text('X-NONE:1'))).toEqual(['2026-12-24 busy']);
    expect(closed(text(`SUMMARY:${'long '.repeat(100)}`))[0]).toHaveLength(11 + 200);
  });

  const zone = [
    'BEGIN:VTIMEZONE',
    'TZID:Plant time',
    'BEGIN:STANDARD',
    'DTSTART:16011028T030000',
    'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:16010325T020000',
    'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ];

  it.each([
    ['20260115T120000', '2026-01-15T11:00Z'],
    ['20260715T120000', '2026-07-15T10:00Z'],
    ['20260329T023000', '2026-03-29T01:30Z'],
    ['20261025T023000', '2026-10-25T00:30Z'],
  ])('reads %s by a zone that the file describes', (wall, expected) => {
    const text = anIcs(...zone, anEvent(`DTSTART;TZID=Plant time:${wall}`, 'DURATION:PT1H'));
    expect(closed(text)[0]?.slice(0, 17)).toBe(expected);
  });
});

describe('calendars/ics: refusals', () => {
  const day = 'DTSTART;VALUE=DATE:20261224';
  it.each([
    ['words', 'hello', 'is no calendar: it has no line BEGIN:VCALENDAR'],
    ['nothing', '', 'is no calendar'],
    ['a text cut off', anEventIcs(day).slice(0, 60), 'line 3 begins a VEVENT that never ends'],
    ['a wrong end', anIcs('END:VEVENT'), 'line 3 is END:VEVENT, but END:VCALENDAR is missing'],
    [
      'an end too many',
      `${anIcs()}END:VCALENDAR`,
      'line 4 is END:VCALENDAR, but nothing has begun',
    ],
    [
      'a date that is none',
      anEventIcs('DTSTART;VALUE=DATE:20260231'),
      'line 6 (“DTSTART;VALUE=DATE:20260231”) has a date or time that does not exist',
    ],
    [
      'an event without a start',
      anEventIcs('DURATION:PT1H'),
      'the event “Busy day” at line 3 has no start',
    ],
    [
      'an unknown rule',
      anEventIcs(day, 'RRULE:FREQ=SOMETIMES'),
      'line 7 (“RRULE:FREQ=SOMETIMES”) is no RRULE',
    ],
    ['a rule without a rhythm', anEventIcs(day, 'RRULE:COUNT=3'), 'has no FREQ'],
    ['a rule of no times', anEventIcs(day, 'RRULE:FREQ=DAILY;COUNT=0'), 'repeats no times'],
    [
      'a length that is none',
      anEventIcs(day, 'DURATION:long'),
      'line 7 (“DURATION:long”) has no length',
    ],
    [
      'an unknown zone',
      anEventIcs('DTSTART;TZID=Mars/Base:20260101T000000'),
      'the time zone Mars/Base is neither known here nor described in the file',
    ],
    ['an old exception rule', anEventIcs(day, 'EXRULE:FREQ=DAILY'), 'has an EXRULE'],
    [
      'every second for ever',
      anEventIcs('DTSTART:20200101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'),
      'the event “Busy day” at line 3 repeats more than 10,000 times a year',
    ],
    [
      'a rule that counts beyond bounds',
      anEventIcs(
        'DTSTART:20200101T000000Z',
        'DURATION:PT1S',
        'RRULE:FREQ=SECONDLY;COUNT=999999999',
      ),
      'repeats more than 10,000 times a year',
    ],
    [
      'two that are too much together',
      anIcs(
        ...['00', '30'].map((minute) =>
          anEvent(`DTSTART:20200101T00${minute}00Z`, 'DURATION:PT1M', 'RRULE:FREQ=HOURLY'),
        ),
      ),
      'it closes more than 10,000 times in 2026',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => readIcs(text, 2026, 2026)).toThrow(message);
  });

  it('takes an event of every hour', () => {
    const text = anEventIcs('DTSTART:20200101T000000Z', 'DURATION:PT1M', 'RRULE:FREQ=HOURLY');
    expect(closed(text)).toHaveLength(365 * 24 + 48);
  });
});
