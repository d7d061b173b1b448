import { describe, expect, it } from 'vitest';
import { localIso, zoneDataVersion } from '../../../main/schedule/zone-data.ts';

describe('schedule/zone-data', () => {
  it.each([
    ['2026-03-08T06:59:59Z', 'America/New_York', '2026-03-08T01:59:59-05:00'],
    ['2026-03-08T07:00:00Z', 'America/New_York', '2026-03-08T03:00:00-04:00'],
    ['2026-11-01T05:30:00Z', 'America/New_York', '2026-11-01T01:30:00-04:00'],
    ['2026-11-01T06:30:00Z', 'America/New_York', '2026-11-01T01:30:00-05:00'],
    ['2026-06-01T00:00:00.999Z', 'UTC', '2026-06-01T00:00:00+00:00'],
    ['2026-06-01T00:00:00Z', 'Asia/Kathmandu', '2026-06-01T05:45:00+05:45'],
    ['2026-12-31T23:00:00Z', 'Europe/Berlin', '2027-01-01T00:00:00+01:00'],
    ['2026-10-03T15:30:00Z', 'Australia/Lord_Howe', '2026-10-04T02:30:00+11:00'],
    ['2011-12-30T09:59:59Z', 'Pacific/Apia', '2011-12-29T23:59:59-10:00'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31T00:00:00+14:00'],
    ['2018-11-04T03:00:00Z', 'America/Sao_Paulo', '2018-11-04T01:00:00-02:00'],
    ['2026-02-15T02:00:00Z', 'Africa/Casablanca', '2026-02-15T02:00:00+00:00'],
    ['2000-10-07T12:00:00Z', 'America/Recife', '2000-10-07T09:00:00-03:00'],
    ['2000-10-09T12:00:00Z', 'America/Recife', '2000-10-09T10:00:00-02:00'],
    ['2000-10-16T12:00:00Z', 'America/Recife', '2000-10-16T09:00:00-03:00'],
    ['1850-01-01T12:00:00Z', 'America/New_York', '1850-01-01T07:03:58-04:56'],
    ['0050-02-28T12:00:00Z', 'UTC', '0050-02-28T12:00:00+00:00'],
  ])('reads %s in %s as %s', (at, zone, expected) => {
    expect(localIso(Date.parse(at), zone)).toBe(expected);
  });

  it('agrees with Intl in every zone through a year of clock changes', () => {
    const startMs = Date.parse('2026-01-01T00:00:00Z');
    const different = Intl.supportedValuesOf('timeZone').flatMap((zone) => {
      const format = new Intl.DateTimeFormat('sv-SE', {
        timeZone: zone,
        dateStyle: 'short',
        timeStyle: 'medium',
      });
      return Array.from({ length: 53 }, (_, week) => startMs + week * 7 * 86_400_000).filter(
        (atMs) => localIso(atMs, zone).slice(0, 19).replace('T', ' ') !== format.format(atMs),
      );
    });
    expect(different).toEqual([]);
  });

  it('names the version of the zone data', () => {
    expect(zoneDataVersion()).toMatch(/^20\d\d[a-z]$/);
  });
});
