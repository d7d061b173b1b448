import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChanges } from '../../../main/changes.ts';
import { createZoneWatch, type ZoneWatch } from '../../../main/calls/zone-watch.ts';
import { segmentAt } from '../../../main/schedule/offsets.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';
import { virtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

const day = 24 * 3_600_000;
let store: TestStore;
let clock: VirtualClock;
let watch: ZoneWatch;
/** How the system's offsets differ from ours, in seconds; null where it can't be asked. */
let off: number | null;
let asked: number;
let told: number;
let lines: string[];

beforeEach(() => {
  store = openTestStore();
  clock = virtualClock('2026-11-20T08:00:00Z', 'Europe/Berlin');
  [off, asked, told, lines] = [0, 0, 0, []];
  const keep = (event: string): void => {
    lines.push(event);
  };
  watch = createZoneWatch({
    db: store.db,
    clock,
    log: { info: keep, warn: keep, error: keep },
    changes: createChanges('first'),
    systemZones: {
      version: () => Promise.resolve(null),
      offsetsOf: (zone, instantsMs) => {
        asked += 1;
        if (off === null) return Promise.reject(new Error('the disk is gone'));
        const by = off;
        return Promise.resolve(instantsMs.map((atMs) => segmentAt(zone, atMs / 1_000).offset + by));
      },
    },
    entries: () => [],
    zone: () => 'Europe/Berlin',
    usualZone: () => null,
    hearFault: (error) => {
      throw error;
    },
    tellHost: () => {
      told += 1;
    },
  });
});

afterEach(() => {
  watch.stop();
  store.close();
});

describe('calls/zone-watch', () => {
  it('compares each day, and tells only when something is different', async () => {
    watch.start();
    await clock.advance(day - 1);
    expect([asked, told]).toEqual([1, 1]);
    await clock.advance(day);
    expect([asked, told]).toEqual([2, 1]);
    off = 3_600;
    await clock.advance(day);
    expect([asked, told, watch.view().warns]).toEqual([3, 2, true]);
    watch.dismiss('zone-data');
    await clock.advance(3 * day);
    expect([asked, told, watch.view().warns]).toEqual([6, 3, false]);
    expect(lines).toEqual(['zone data differs']);
  });

  it('warns again, where what differs has changed since it was put away', async () => {
    off = 3_600;
    watch.start();
    await clock.advance(day);
    watch.dismiss('zone-data');
    off = 1_800;
    await clock.advance(day);
    expect(watch.view().warns).toBe(true);
  });

  it('goes on where the system fails to answer', async () => {
    off = null;
    watch.start();
    await clock.advance(10_000);
    expect(watch.view().comparison).toEqual({
      system: null,
      agreed: 0,
      untold: ['Europe/Berlin'],
      differences: [],
    });
    off = 0;
    await clock.advance(day);
    expect(watch.view().comparison?.agreed).toBe(1);
  });

  it('says what it couldn’t write down until the end, and lets schedules run', () => {
    store.db.pragma('query_only = ON');
    watch.start();
    watch.moved('Europe/Berlin', 'Asia/Tokyo');
    expect(watch.view().move?.to).toBe('Asia/Tokyo');
    expect(lines).toContain('zone not remembered');
  });
});
