import { readDays, type Days } from './walker-days.ts';

const dayMs = 86_400_000;

/** Clock changes of every kind, and zones without one. */
export const clockChanges: readonly (readonly [zone: string, about: string])[] = [
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['Europe/London', '2026-03-29T01:00:00Z'],
  ['Europe/London', '2026-10-25T01:00:00Z'],
  // Half an hour.
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Asia/Kolkata', '2026-06-15T00:00:00Z'],
  // A quarter of an hour, at the turn of the year.
  ['Asia/Kathmandu', '1985-12-31T18:30:00Z'],
  ['Asia/Kathmandu', '2026-08-01T00:00:00Z'],
  // At a minute past midnight: back into the day before.
  ['America/St_Johns', '2010-03-14T03:31:00Z'],
  ['America/St_Johns', '2010-11-07T02:31:00Z'],
  ['America/St_Johns', '2026-03-08T05:30:00Z'],
  // The 30th of December 2011 didn't exist.
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['Pacific/Apia', '2011-09-24T14:00:00Z'],
  ['Pacific/Apia', '2012-03-31T14:00:00Z'],
  ['Pacific/Kwajalein', '1993-08-21T12:00:00Z'],
  // Back for Ramadan, and forward after it.
  ['Africa/Casablanca', '2025-02-23T02:00:00Z'],
  ['Africa/Casablanca', '2025-04-06T02:00:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00:00Z'],
  ['Africa/Casablanca', '2026-03-22T02:00:00Z'],
  // At midnight: a day that begins at one, an hour before midnight twice.
  ['America/Sao_Paulo', '1985-11-02T03:00:00Z'],
  ['America/Sao_Paulo', '2017-10-15T03:00:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ['America/Sao_Paulo', '2019-02-17T02:00:00Z'],
  ['America/Havana', '2024-11-03T05:00:00Z'],
  ['Asia/Beirut', '2023-10-28T21:00:00Z'],
  ['Africa/Cairo', '2014-07-31T22:00:00Z'],
  // Two hours; a quarter past two; for good.
  ['Antarctica/Troll', '2026-03-29T01:00:00Z'],
  ['Antarctica/Troll', '2026-10-25T01:00:00Z'],
  ['Pacific/Chatham', '2026-09-26T14:00:00Z'],
  ['America/Caracas', '2016-05-01T07:00:00Z'],
  ['Asia/Gaza', '2026-03-28T00:00:00Z'],
  ['Atlantic/Azores', '2026-10-25T01:00:00Z'],
  ['UTC', '2026-12-31T12:00:00Z'],
  ['UTC', '2028-02-29T00:00:00Z'],
];

const read = new Map<number, Days>();

/** The instant of a clock change, epoch ms, on a half hour. */
export function changeAt(index: number): number {
  const about = Date.parse(clockChanges[index]?.[1] ?? '2026-01-01T00:00:00Z');
  return Math.floor(about / 1_800_000) * 1_800_000;
}

/** Six days before a clock change and sixteen after it, read once in this process. */
export function daysAround(index: number): Days {
  const known = read.get(index);
  if (known !== undefined) return known;
  const zone = clockChanges[index]?.[0] ?? 'UTC';
  const at = changeAt(index);
  const days = readDays(zone, at - 6 * dayMs, at + 16 * dayMs);
  read.set(index, days);
  return days;
}
