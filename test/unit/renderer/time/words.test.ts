import { describe, expect, it } from 'vitest';
import {
  absoluteText,
  durationText,
  isOtherZone,
  relativeText,
  setReaderZone,
} from '../../../../renderer/time/words.ts';

const nowMs = Date.parse('2026-11-21T08:00:00Z');

function relative(at: string): string {
  return relativeText(Date.parse(at), nowMs);
}

function absolute(at: string, zone: string): string {
  return absoluteText(Date.parse(at), nowMs, zone);
}

describe('renderer/time/words', () => {
  it('says how far ahead an instant lies, and never that it is in 0 s', () => {
    expect(relativeText(nowMs + 400, nowMs)).toBe('now');
    expect(relativeText(nowMs + 1_200, nowMs)).toBe('in 2 s');
    expect(relative('2026-11-21T08:00:59Z')).toBe('in 59 s');
    expect(relative('2026-11-21T08:04:30Z')).toBe('in 4 min');
    expect(relative('2026-11-21T10:10:00Z')).toBe('in 2 h 10 min');
    expect(relative('2026-11-22T23:00:00Z')).toBe('in 39 h');
    expect(relative('2026-11-23T09:00:00Z')).toBe('in 2 days');
  });

  it('says how long ago an instant was', () => {
    expect(relative('2026-11-21T07:59:48Z')).toBe('12 s ago');
    expect(relative('2026-11-21T06:43:00Z')).toBe('1 h ago');
    expect(relative('2026-11-14T08:00:00Z')).toBe('7 days ago');
  });

  it('names the day only as far as needed, by the zone’s own midnights', () => {
    expect(absolute('2026-11-21T17:00:00Z', 'Europe/Berlin')).toBe('6:00 PM');
    expect(absolute('2026-11-21T23:30:00Z', 'Europe/Berlin')).toBe('tomorrow 12:30 AM');
    expect(absolute('2026-11-21T23:30:00Z', 'UTC')).toBe('11:30 PM');
    expect(absolute('2026-11-21T04:30:00Z', 'America/New_York')).toBe('yesterday 11:30 PM');
    expect(absolute('2026-11-23T08:00:00Z', 'Europe/Berlin')).toBe('Mon 9:00 AM');
    expect(absolute('2026-12-24T08:00:00Z', 'Europe/Berlin')).toBe('Dec 24 9:00 AM');
    expect(absolute('2027-01-04T08:00:00Z', 'Europe/Berlin')).toBe('Jan 4, 2027 9:00 AM');
  });

  it('counts days by midnights over a change of the clocks', () => {
    const beforeMs = Date.parse('2026-10-24T22:30:00Z');
    expect(absoluteText(Date.parse('2026-10-25T22:30:00Z'), beforeMs, 'Europe/Berlin')).toBe(
      '11:30 PM',
    );
  });

  it('says how long something took', () => {
    expect(durationText(420)).toBe('0.4 s');
    expect(durationText(26_400)).toBe('26 s');
    expect(durationText(59_900)).toBe('1 min');
    expect(durationText(92_000)).toBe('1 min 32 s');
    expect(durationText(3_840_000)).toBe('1 h 4 min');
  });

  it('reads the clock of the zone the host says this computer is in', () => {
    setReaderZone('Asia/Kolkata');
    expect(absoluteText(Date.parse('2026-11-21T09:00:00Z'), nowMs)).toBe('2:30 PM');
    expect(isOtherZone('Asia/Kolkata', nowMs)).toBe(false);
    expect(isOtherZone('Europe/Berlin', nowMs)).toBe(true);
  });

  it('tells a zone whose clocks differ from the reader’s at that instant', () => {
    setReaderZone('Europe/Berlin');
    expect(isOtherZone('Europe/Paris', nowMs)).toBe(false);
    expect(isOtherZone('Europe/London', nowMs)).toBe(true);
  });
});
