import { describe, expect, it } from 'vitest';
import { createAlarm } from '../../../main/scheduler/alarm.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

describe('scheduler/alarm', () => {
  it('rings every 30 seconds, however often it is told to look again at when to ring', async () => {
    const clock = virtualClock('2026-11-20T08:00:00Z');
    const rang: string[] = [];
    const alarm = createAlarm(
      clock,
      () => Infinity,
      ({ nowMs }) => {
        rang.push(new Date(nowMs).toISOString().slice(11, 19));
        return true;
      },
    );
    alarm.start();
    for (let second = 0; second < 65; second += 5) {
      await clock.advance(5_000);
      alarm.reset();
    }
    alarm.stop();
    expect(rang).toEqual(['08:00:00', '08:00:30', '08:01:00']);
  });
});
