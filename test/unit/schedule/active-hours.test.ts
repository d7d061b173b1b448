import { describe, expect, it } from 'vitest';
import { isOpen, nextOpening, openStretch } from '../../../main/schedule/active-hours.ts';
import type { ActiveHours } from '../../../main/schedule/types.ts';

const newYork = 'America/New_York';
const allDays = (...windows: string[]): ActiveHours => ({
  week: {
    mon: windows,
    tue: windows,
    wed: windows,
    thu: windows,
    fri: windows,
    sat: windows,
    sun: windows,
  },
});
const office: ActiveHours = { week: { mon: ['09:00-17:00'], fri: ['09:00-17:00'] } };

const ms = (text: string): number => Date.parse(text);
const iso = (atMs: number | null | undefined): string | null =>
  atMs === null || atMs === undefined ? null : new Date(atMs).toISOString().slice(0, 16);

function stretch(hours: ActiveHours | null, zone: string, at: string): unknown {
  const found = openStretch(hours, zone, ms(at));
  return found === null ? null : [iso(found.openAt), iso(found.closeAt)];
}

describe('schedule/active-hours: membership', () => {
  it.each([
    ['2026-06-01T08:59:59.999Z', false],
    ['2026-06-01T09:00:00.000Z', true],
    ['2026-06-01T16:59:59.999Z', true],
    ['2026-06-01T17:00:00.000Z', false],
    ['2026-06-02T12:00:00.000Z', false],
  ])('at %s it is %s that office hours are open', (at, open) => {
    expect(isOpen(office, 'UTC', ms(at))).toBe(open);
  });

  it('stays closed until 08:00 the next day when asked at 23:30', () => {
    const hours = allDays('08:00-20:00');
    expect(isOpen(hours, newYork, ms('2026-06-02T03:30:00Z'))).toBe(false);
    expect(iso(nextOpening(hours, newYork, ms('2026-06-02T03:30:00Z')))).toBe('2026-06-02T12:00');
  });

  it('is always open without hours and without a week, never with an empty week', () => {
    expect(isOpen(null, newYork, 0)).toBe(true);
    expect(isOpen({}, newYork, 0)).toBe(true);
    expect(isOpen({ week: {} }, newYork, 0)).toBe(false);
  });

  it('reads 00:00-24:00 as the whole day', () => {
    const hours = { week: { mon: ['00:00-24:00'] } };
    expect(stretch(hours, 'UTC', '2026-06-01T12:00:00Z')).toEqual([
      '2026-06-01T00:00',
      '2026-06-02T00:00',
    ]);
  });
});

describe('schedule/active-hours: stretches', () => {
  it('is null while closed', () => {
    expect(stretch(office, 'UTC', '2026-06-01T17:00:00Z')).toBeNull();
  });

  it('begins with its first instant and ends before its close', () => {
    const monday = ['2026-06-01T09:00', '2026-06-01T17:00'];
    expect(stretch(office, 'UTC', '2026-06-01T09:00:00Z')).toEqual(monday);
    expect(stretch(office, 'UTC', '2026-06-01T16:59:59.999Z')).toEqual(monday);
  });

  it.each([
    ['windows that touch', ['09:00-12:00', '12:00-17:00']],
    ['windows that overlap', ['11:00-17:00', '09:00-12:00']],
    ['windows inside one another', ['09:00-17:00', '10:00-11:00']],
  ])('unites %s', (_, windows) => {
    expect(stretch(allDays(...windows), 'UTC', '2026-06-01T10:30:00Z')).toEqual([
      '2026-06-01T09:00',
      '2026-06-01T17:00',
    ]);
  });

  it('unites across midnight: overnight, and 24:00 with 00:00', () => {
    const overnight = { week: { fri: ['22:00-02:00'] } };
    const touching = { week: { fri: ['22:00-24:00'], sat: ['00:00-02:00'] } };
    for (const hours of [overnight, touching])
      for (const at of ['2026-06-05T23:00:00Z', '2026-06-06T01:00:00Z'])
        expect(stretch(hours, 'UTC', at)).toEqual(['2026-06-05T22:00', '2026-06-06T02:00']);
  });

  it('ends an overnight window at midnight where the next date is excluded', () => {
    const hours = { week: { fri: ['22:00-02:00'] }, closed: { dates: ['2026-06-06'] } };
    expect(stretch(hours, 'UTC', '2026-06-05T23:00:00Z')).toEqual([
      '2026-06-05T22:00',
      '2026-06-06T00:00',
    ]);
  });

  it('is as long as real time makes it on the days the clock changes', () => {
    const nights = allDays('00:30-05:00');
    expect(stretch(nights, newYork, '2026-03-08T07:30:00Z')).toEqual([
      '2026-03-08T05:30',
      '2026-03-08T09:00',
    ]);
    expect(stretch(nights, newYork, '2026-11-01T07:30:00Z')).toEqual([
      '2026-11-01T04:30',
      '2026-11-01T10:00',
    ]);
  });

  it('unites windows on the two sides of a gap, and ends one that reaches into it', () => {
    expect(stretch(allDays('01:00-02:00', '03:00-04:00'), newYork, '2026-03-08T06:30:00Z')).toEqual(
      ['2026-03-08T06:00', '2026-03-08T08:00'],
    );
    expect(stretch(allDays('01:00-02:30'), newYork, '2026-03-08T06:30:00Z')).toEqual([
      '2026-03-08T06:00',
      '2026-03-08T07:00',
    ]);
    expect(stretch(allDays('02:30-04:00'), newYork, '2026-03-08T07:30:00Z')).toEqual([
      '2026-03-08T07:00',
      '2026-03-08T08:00',
    ]);
  });

  it('opens a window of the repeated hour twice, or once where it fills the hour', () => {
    const part = allDays('01:10-01:20');
    expect(stretch(part, newYork, '2026-11-01T05:15:00Z')).toEqual([
      '2026-11-01T05:10',
      '2026-11-01T05:20',
    ]);
    expect(stretch(part, newYork, '2026-11-01T06:15:00Z')).toEqual([
      '2026-11-01T06:10',
      '2026-11-01T06:20',
    ]);
    expect(stretch(allDays('01:00-02:00'), newYork, '2026-11-01T06:15:00Z')).toEqual([
      '2026-11-01T05:00',
      '2026-11-01T07:00',
    ]);
  });

  it('has no end for hours that never close, and no beginning but the earliest instant', () => {
    for (const hours of [null, {}, allDays('00:00-24:00')])
      expect(openStretch(hours, newYork, 0)).toEqual({ openAt: -8.64e15, closeAt: null });
  });

  it('runs from one excluded date to the next where the week is left out', () => {
    const hours = { closed: { dates: ['2027-01-01', '2026-01-01'] } };
    expect(stretch(hours, 'UTC', '2026-06-01T00:00:00Z')).toEqual([
      '2026-01-02T00:00',
      '2027-01-01T00:00',
    ]);
    expect(stretch(hours, 'UTC', '2027-06-01T00:00:00Z')).toEqual(['2027-01-02T00:00', null]);
  });
});

describe('schedule/active-hours: openings', () => {
  it.each([
    ['closed', '2026-06-01T18:00:00Z', '2026-06-05T09:00'],
    ['open', '2026-06-01T12:00:00Z', '2026-06-05T09:00'],
    ['at the opening itself', '2026-06-05T09:00:00Z', '2026-06-08T09:00'],
    ['a moment before it', '2026-06-05T08:59:59.999Z', '2026-06-05T09:00'],
  ])('finds the next one when asked while %s', (_, after, expected) => {
    expect(iso(nextOpening(office, 'UTC', ms(after)))).toBe(expected);
  });

  it('skips excluded dates', () => {
    const hours = { ...office, closed: { dates: ['2026-06-05', '2026-06-08'] } };
    expect(iso(nextOpening(hours, 'UTC', ms('2026-06-01T18:00:00Z')))).toBe('2026-06-12T09:00');
  });

  it('skips a window that the gap swallows, and starts at its end one that reaches out of it', () => {
    expect(
      iso(nextOpening({ week: { sun: ['02:00-03:00'] } }, newYork, ms('2026-03-08T00:00:00Z'))),
    ).toBe('2026-03-15T06:00');
    expect(
      iso(nextOpening({ week: { sun: ['02:00-03:30'] } }, newYork, ms('2026-03-08T00:00:00Z'))),
    ).toBe('2026-03-08T07:00');
  });

  it('finds none for hours that never close or never open', () => {
    for (const hours of [null, {}, { week: {} }]) expect(nextOpening(hours, newYork, 0)).toBeNull();
  });

  it('looks past 38 years of excluded dates', () => {
    const dates = Array.from({ length: 2_000 }, (_, week) =>
      new Date(ms('2026-06-01T00:00:00Z') + week * 7 * 86_400_000).toISOString().slice(0, 10),
    );
    const hours = { week: { mon: ['09:00-17:00'] }, closed: { dates } };
    expect(iso(nextOpening(hours, 'UTC', ms('2026-05-30T00:00:00Z')))).toBe('2064-09-29T09:00');
  });
});
