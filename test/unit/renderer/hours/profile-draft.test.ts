import { describe, expect, it } from 'vitest';
import {
  newProfile,
  profileFaults,
  profilePath,
} from '../../../../renderer/views/hours/profile-draft.ts';

describe('hours/profile-draft', () => {
  it.each([
    ['profile.closed.holidays', 'holidays'],
    ['profile.closed.ics', 'ics'],
    ['profile.closed.dates[2]', 'dates'],
    ['profile.closed', 'dates'],
    ['profile.week.mon[1]', 'week.mon.1'],
    ['profile.id', 'id'],
  ])('shows a fault of %s at %s', (path, place) => {
    expect(profilePath(path)).toBe(place);
  });

  it('finds a calendar too long at the calendar, and bad holidays at the holidays', () => {
    const named = { ...newProfile, id: 'office', name: 'Office' };
    const hours = { ...named.hours, ics: 'x'.repeat(1_000_001), holidays: 'New York' };
    expect([...profileFaults({ ...named, hours }, null, false)]).toEqual([
      ['ics', 'is too long; use at most 1000000 characters'],
      ['holidays', 'write a country, and a region if it has one, as US-NY'],
    ]);
  });
});
