import { afterEach, describe, expect, it } from 'vitest';
import { askUntilKnown } from '../../../main/calendars/ask-until-known.ts';
import { createCalendars, type Calendars } from '../../../main/calendars/calendars.ts';
import type { Question } from '../../../main/calendars/messages.ts';
import { threadReader, type Reader } from '../../../main/calendars/reader.ts';
import type { Log } from '../../../main/log.ts';
import { dayNumberOf } from '../../../main/schedule/civil.ts';
import { anEventIcs, anIcs, anEvent } from '../../support/ics.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const nowMs = Date.parse('2026-11-20T10:00:00Z');
const newYork = { holidays: 'US-NY' };
const thanksgiving = dayNumberOf('2026-11-26');

interface Stage {
  readonly calendars: Calendars;
  readonly asked: readonly Question[];
  readonly warned: readonly string[];
}

let opened: Calendars[] = [];

/** Calendars on the real thread, with all that it was asked. */
function aStage(clock = virtualClock(nowMs)): Stage {
  const asked: Question[] = [];
  const warned: string[] = [];
  const thread = threadReader(clock);
  const reader: Reader = {
    ask: (question) => {
      asked.push(question);
      return thread.ask(question);
    },
    stop: () => thread.stop(),
  };
  const log: Log = {
    info: () => undefined,
    warn: (event, fields) => warned.push(`${event}: ${String(fields?.['calendar'])}`),
    error: () => undefined,
  };
  const calendars = createCalendars(clock, log, reader);
  opened.push(calendars);
  return { calendars, asked, warned };
}

afterEach(async () => {
  await Promise.all(opened.map((calendars) => calendars.stop()));
  opened = [];
});

describe('calendars: what is known', () => {
  it('answers at once after it was prepared, for the year before to two years after', async () => {
    const { calendars } = aStage();
    await calendars.prepare([newYork, undefined], nowMs);
    const [holidays] = calendars.of(newYork);
    expect(holidays?.kind).toBe('holidays');
    expect(holidays?.closedIn(2026)?.days.get(thanksgiving)).toBe('Thanksgiving Day');
    const known = [2025, 2028].map((year) => (holidays?.closedIn(year)?.days.size ?? 0) > 5);
    expect(known).toEqual([true, true]);
  });

  it('is the same object for the same code or text, and nothing where there is nothing', () => {
    const { calendars } = aStage();
    const ics = anEventIcs('DTSTART;VALUE=DATE:20261224');
    const both = calendars.of({ holidays: 'US-NY', ics });
    expect(both.map(({ kind }) => kind)).toEqual(['holidays', 'events']);
    expect(calendars.of({ holidays: 'US-ny' })[0]).toBe(both[0]);
    expect(calendars.of({ ics })[0]).toBe(both[1]);
    expect([calendars.of(undefined), calendars.of({ dates: ['2026-01-01'] })]).toEqual([[], []]);
  });

  it('reads once for two that ask at once', async () => {
    const { calendars, asked } = aStage();
    await Promise.all([
      calendars.prepare([newYork], nowMs),
      calendars.prepare([{ holidays: 'US-NY' }], nowMs),
      calendars.faults(newYork),
    ]);
    expect(asked).toHaveLength(1);
  });
});

describe('calendars: years asked for in vain', () => {
  it('reads them when it catches up, and says when nothing is left to read', async () => {
    const { calendars } = aStage();
    const [holidays] = calendars.of(newYork);
    expect(holidays?.closedIn(2026)).toBeUndefined();
    expect(await calendars.catchUp()).toBe(true);
    expect(holidays?.closedIn(2026)?.days.has(thanksgiving)).toBe(true);
    expect(await calendars.catchUp()).toBe(false);
  });

  it('reads them by itself and rings once', async () => {
    const { calendars } = aStage();
    let rings = 0;
    const rung = new Promise<void>((resolve) => {
      calendars.onRead(() => {
        rings += 1;
        resolve();
      });
    });
    const [holidays] = calendars.of(newYork);
    holidays?.closedIn(2026);
    holidays?.closedIn(2027);
    await rung;
    expect(holidays?.closedIn(2027)).toBeDefined();
    await calendars.prepare([newYork], nowMs);
    expect(rings).toBe(1);
  });

  it('needs few rounds for a search of fifty years', async () => {
    const { calendars } = aStage();
    await calendars.prepare([newYork], nowMs);
    let rounds = 0;
    const known = await askUntilKnown(calendars, () => {
      rounds += 1;
      for (let year = 2026; year <= 2076; year += 1)
        if (calendars.of(newYork)[0]?.closedIn(year) === undefined) return false;
      return true;
    });
    expect([known, rounds <= 5]).toEqual([true, true]);
  });

  it('closes nothing before the year 1 and after 9999, and reads nothing for them', async () => {
    const { calendars, asked } = aStage();
    const [holidays] = calendars.of(newYork);
    expect([0, 10_000].map((year) => holidays?.closedIn(year)?.days.size)).toEqual([0, 0]);
    expect(await calendars.catchUp()).toBe(false);
    expect(asked).toEqual([]);
  });

  it('ends after twelve rounds whatever is asked', async () => {
    let asked = 0;
    await askUntilKnown({ catchUp: () => Promise.resolve(true) }, () => (asked += 1));
    expect(asked).toBe(13);
  });
});

describe('calendars: faults', () => {
  it('tells an unknown region and a text that is no calendar, with path and remedy', async () => {
    const { calendars, warned } = aStage();
    const closed = { holidays: 'SG-1', ics: 'hello' };
    const faults = [
      { path: 'holidays', message: 'names 1 in SG, which has no regions; write SG' },
      {
        path: 'ics',
        message: 'is no calendar: it has no line BEGIN:VCALENDAR; choose a file that ends in .ics',
      },
    ];
    expect(await calendars.faults(closed)).toEqual(faults);
    expect(await calendars.faults({ ...closed })).toEqual(faults);
    expect([...warned].sort()).toEqual(['calendar not read: SG-1', 'calendar not read: ics']);
    expect(await calendars.faults(newYork)).toEqual([]);
    expect(await calendars.faults(undefined)).toEqual([]);
  });

  it('closes nothing where it can not be read, and leaves nobody waiting', async () => {
    const { calendars } = aStage();
    const closed = { holidays: 'XX' };
    const answer = await askUntilKnown(calendars, () => calendars.of(closed)[0]?.closedIn(2026));
    expect(answer).toEqual({ days: new Map(), times: [] });
  });
});

describe('calendars: what a form shows', () => {
  it('shows the coming holidays and closed times, days to their last one', async () => {
    const { calendars } = aStage();
    const ics = anIcs(
      'X-WR-CALNAME:Plant',
      anEvent('DTSTART;VALUE=DATE:20261119', 'DTEND;VALUE=DATE:20261122', 'UID:a'),
      anEvent('DTSTART:20261224T170000Z', 'DURATION:PT2H'),
      anEvent('DTSTART:20261225T080000', 'DURATION:PT1H'),
      anEvent('DTSTART:20261101T170000Z', 'DURATION:PT2H'),
    );
    const view = await calendars.view({ holidays: 'US-NY', ics }, 'America/New_York', nowMs);
    expect({ ...view, holidays: view.holidays.slice(0, 2) }).toEqual({
      faults: [],
      holidays: [
        { date: '2026-11-26', name: 'Thanksgiving Day' },
        { date: '2026-12-25', name: 'Christmas Day' },
      ],
      calendar: 'Plant',
      events: 1,
      times: [
        { from: '2026-11-19', to: '2026-11-21', allDay: true, name: 'Busy day' },
        { from: '2026-12-24T12:00', to: '2026-12-24T14:00', allDay: false, name: 'Busy day' },
        { from: '2026-12-25T08:00', to: '2026-12-25T09:00', allDay: false, name: 'Busy day' },
      ],
    });
    expect(view.holidays).toHaveLength(20);
  });

  it('shows a stretch over New Year once, and 20 at the most', async () => {
    const { calendars } = aStage();
    const overNewYear = anEventIcs('DTSTART:20261231T200000Z', 'DURATION:PT12H');
    const daily = anEventIcs('DTSTART:20260101T200000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY');
    expect((await calendars.view({ ics: overNewYear }, 'UTC', nowMs)).times).toHaveLength(1);
    expect((await calendars.view({ ics: daily }, 'UTC', nowMs)).times).toHaveLength(20);
  });

  it('shows nothing where there is nothing, and the fault where there is one', async () => {
    const { calendars } = aStage();
    const nothing = { holidays: [], calendar: null, events: 0, times: [] };
    expect(await calendars.view({}, 'UTC', nowMs)).toEqual({ ...nothing, faults: [] });
    const view = await calendars.view({ holidays: 'XX' }, 'UTC', nowMs);
    expect(view.faults.map(({ path }) => path)).toEqual(['holidays']);
  });

  it('lists the places, asked once', async () => {
    const { calendars, asked } = aStage();
    const places = await calendars.places();
    expect(places.find(({ code }) => code === 'US')?.name).toBe('United States of America');
    expect(await calendars.places()).toBe(places);
    expect(asked).toHaveLength(1);
  });
});
