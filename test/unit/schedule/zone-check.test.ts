import { describe, expect, it } from 'vitest';
import { segmentAt } from '../../../main/schedule/offsets.ts';
import {
  compareZone,
  zoneDifferenceText,
  zoneRemedy,
  type ZoneDifference,
} from '../../../main/schedule/zone-check.ts';

const nowMs = Date.parse('2026-11-20T08:00:00Z');
const newYork = 'America/New_York';
const ours = (zone: string, atMs: number): number =>
  segmentAt(zone, Math.floor(atMs / 1_000)).offset;

/** Compares with a system that differs from ours by these seconds, from one instant until another. */
function against(
  zone: string,
  by: number,
  from: string,
  until = '2100-01-01T00:00:00Z',
): Promise<ZoneDifference | 'untold' | null> {
  return compareZone(zone, nowMs, (name, instantsMs) =>
    Promise.resolve(
      instantsMs.map((atMs) => {
        const isOther = atMs >= Date.parse(from) && atMs < Date.parse(until);
        return ours(name, atMs) + (isOther ? by : 0);
      }),
    ),
  );
}

describe('schedule/zone-check', () => {
  it('finds no difference where there is none', async () => {
    expect(await against(newYork, 3_600, '2100-01-01T00:00:00Z')).toBeNull();
  });

  it('finds a difference of now, as one that is there already', async () => {
    expect(await against('Asia/Kolkata', -1_800, '2020-01-01T00:00:00Z')).toEqual({
      zone: 'Asia/Kolkata',
      atMs: nowMs,
      already: true,
      ours: 19_800,
      systems: 18_000,
    });
  });

  it.each([
    ['a system that keeps summer time', 3_600, '2027-11-07T06:00:00Z', undefined],
    ['a change at an odd minute', -1_800, '2027-06-01T13:37:00Z', undefined],
    ['a day only', 7_200, '2027-02-03T04:00:00Z', '2027-02-04T04:00:00Z'],
    ['an hour before a change of ours only', 3_600, '2027-03-14T06:00:00Z', '2027-03-14T07:00:00Z'],
    ['the last day that is looked at', 3_600, '2027-12-20T09:00:00Z', undefined],
  ])('finds to the minute when it begins: %s', async (_, by, from, until) => {
    const atMs = Date.parse(from);
    expect(await against(newYork, by, from, until)).toEqual({
      zone: newYork,
      atMs,
      already: false,
      ours: ours(newYork, atMs),
      systems: ours(newYork, atMs) + by,
    });
  });

  it('looks 13 months ahead and no further', async () => {
    expect(await against(newYork, 3_600, '2027-12-22T00:00:00Z')).toBeNull();
  });

  it('says so where the system can’t tell', async () => {
    expect(await compareZone(newYork, nowMs, () => Promise.resolve(null))).toBe('untold');
  });

  it('tells which zone, from when, which data says what, and what to do', () => {
    const vancouver: ZoneDifference = {
      zone: 'America/Vancouver',
      atMs: Date.parse('2026-11-01T09:00:00Z'),
      already: false,
      ours: -25_200,
      systems: -28_800,
    };
    const own = process.versions['tz'] ?? '';
    expect(zoneDifferenceText(vancouver, '2019a')).toBe(
      `America/Vancouver: from Sunday 1 November 2026 at 02:00 Jackdaw’s zone data (${own}) says ` +
        'UTC-07:00, this computer’s (2019a) UTC-08:00; runs there go by Jackdaw’s and may be an hour ' +
        'off from then: update this computer’s system, whose zone data is older.',
    );
    expect(zoneDifferenceText({ ...vancouver, already: true, systems: -23_400 }, null)).toBe(
      `America/Vancouver: already now Jackdaw’s zone data (${own}) says UTC-07:00, this computer’s ` +
        'UTC-06:30; runs there go by Jackdaw’s and may be 30 minutes off: update Jackdaw or this ' +
        'computer’s system.',
    );
  });

  it.each([
    [null, 'update Jackdaw or this computer’s system'],
    [process.versions['tz'] ?? '', 'update Jackdaw or this computer’s system'],
    ['2019c', 'update this computer’s system, whose zone data is older'],
    ['2099a', 'update Jackdaw, whose zone data is older'],
  ])('says what to do against a system with %s', (system, remedy) => {
    expect(zoneRemedy(system)).toBe(remedy);
  });
});
