import { describe, expect, it } from 'vitest';
import { atSampleUrl, sampleSchedules } from '../../../main/sample/sample-schedules.ts';
import { nextSlots } from '../../../main/schedule/next-slots.ts';

const url = 'http://127.0.0.1:47613/';
const hourMs = 3_600_000;

describe('sample/sample-schedules', () => {
  it('runs every minute, and stays closed for hours whenever it is added, across clock changes', () => {
    for (const timezone of [
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
    ])
      for (const day of [
        '2026-03-08',
        '2026-03-29',
        '2026-04-05',
        '2026-10-25',
        '2026-11-01',
        '2026-11-21',
      ])
        for (let half = 0; half < 48; half += 1) {
          const now = Date.parse(`${day}T00:00:17Z`) + half * 1_800_000;
          const [always, closed] = sampleSchedules({ url, now, timezone });
          const next = (schedule: typeof always) => {
            const { trigger, hours, outside } = schedule;
            if (trigger === undefined) throw new Error('the sample has a trigger');
            const [slot] = nextSlots(
              { trigger, timezone, outside },
              typeof hours === 'object' ? hours : null,
              now,
              1,
            );
            return (slot?.at ?? Infinity) - now;
          };
          expect(next(always)).toBeLessThanOrEqual(60_000);
          expect(next(closed)).toBeGreaterThan(3 * hourMs);
          expect(next(closed)).toBeLessThan(7 * hourMs);
        }
  });

  it('says why its next run is so late', () => {
    const now = Date.parse('2026-11-21T06:45:10Z');
    const [, closed] = sampleSchedules({ url, now, timezone: 'Europe/Berlin' });
    expect(closed.hours).toMatchObject({ week: { sat: ['12:00-15:00'] } });
  });

  it('follows the site to another port, and leaves alone what the user changed', () => {
    const [always] = sampleSchedules({ url, now: 0, timezone: 'UTC' });
    const moved = atSampleUrl(always, 'http://127.0.0.1:50001/');
    expect(moved).toEqual({
      ...always,
      scrape: { ...always.scrape, url: 'http://127.0.0.1:50001/' },
    });
    expect(atSampleUrl(always, url)).toBeNull();
    expect(atSampleUrl({ ...always, id: 'mine' }, 'http://127.0.0.1:50001/')).toBeNull();
    const elsewhere = { ...always, scrape: { ...always.scrape, url: 'https://example.org/' } };
    expect(atSampleUrl(elsewhere, 'http://127.0.0.1:50001/')).toBeNull();
  });
});
