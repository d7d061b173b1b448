import { beforeEach, describe, expect, it } from 'vitest';
import { createRepairs, type Repairs } from '../../../main/health/repairs.ts';
import { createTroubles, type Troubles } from '../../../main/health/troubles.ts';
import { virtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

let clock: VirtualClock;
let troubles: Troubles;
let repairs: Repairs;
let restarts: number;
let lines: string[];

beforeEach(() => {
  clock = virtualClock('2026-11-20T08:00:00Z');
  troubles = createTroubles(clock);
  [restarts, lines] = [0, []];
  const keep = (event: string): void => void lines.push(event);
  repairs = createRepairs({
    clock,
    troubles,
    log: { info: keep, warn: keep, error: keep },
    restart: () => {
      restarts += 1;
    },
  });
});

const minuteMs = 60_000;

describe('health/repairs', () => {
  it('logs a repair, and shows it for a day', async () => {
    repairs.note('the alarm was set anew.');
    expect(lines).toEqual(['repaired']);
    expect(troubles.all()).toMatchObject([
      { code: 'repaired', message: 'Jackdaw mended itself: the alarm was set anew.' },
    ]);
    await clock.advance(23 * 60 * minuteMs);
    expect(troubles.all().length).toBe(1);
    await clock.advance(2 * 60 * minuteMs);
    expect(troubles.all()).toEqual([]);
  });

  it('shows it no more once it is dismissed', () => {
    repairs.note('the alarm was set anew.');
    repairs.dismiss();
    expect(troubles.all()).toEqual([]);
  });

  it('restarts the host at the third within 10 minutes', async () => {
    repairs.note('one.');
    await clock.advance(4 * minuteMs);
    repairs.note('two.');
    expect(restarts).toBe(0);
    await clock.advance(5 * minuteMs);
    repairs.note('three.');
    expect(restarts).toBe(1);
  });

  it('lets three that are further apart be', async () => {
    for (const what of ['one.', 'two.', 'three.', 'four.']) {
      repairs.note(what);
      await clock.advance(6 * minuteMs);
    }
    expect(restarts).toBe(0);
  });

  it('never restarts twice within 10 minutes, and does again after them', async () => {
    const often = async (minutes: number): Promise<void> => {
      for (let minute = 0; minute < minutes; minute += 1) {
        repairs.note('again.');
        await clock.advance(minuteMs);
      }
    };
    await often(12);
    expect(restarts).toBe(1);
    await often(3);
    expect(restarts).toBe(2);
  });
});
