import { describe, expect, it } from 'vitest';
import type { ScheduleInput } from '../../../../contract/schedule.ts';
import { defaultSettings } from '../../../../contract/settings.ts';
import { slotCount } from '../../../../main/scheduler/simulate/slot-count.ts';
import { aSchedule } from '../../../support/builders.ts';

function counted(limit: number, ...schedules: readonly Partial<ScheduleInput>[]): number {
  return slotCount(
    {
      schedules: schedules.map((given, index) => aSchedule({ id: `s${String(index)}`, ...given })),
      world: { zone: 'UTC', settings: defaultSettings, profiles: new Map(), calendarsOf: () => [] },
      fromMs: Date.parse('2026-11-20T00:00:00Z'),
      toMs: Date.parse('2026-12-20T00:00:00Z'),
      asleep: [],
      runTimeMs: 30_000,
    },
    limit,
  );
}

const after = (schedule: string) => ({ trigger: undefined, after: { schedule } });

describe('scheduler/simulate/slot-count', () => {
  it('counts what comes inside the hours, and nothing of a schedule that is off', () => {
    expect(counted(10_000, {})).toBe(30 * 48);
    expect(counted(10_000, {}, { hours: { week: { fri: ['09:00-10:00'] } } })).toBe(
      30 * 48 + 5 * 2,
    );
    expect(counted(10_000, { enabled: false })).toBe(0);
  });

  it('counts a slot once for each schedule of its chain', () => {
    expect(counted(10_000, after('s1'), {}, after('s0'), after('s1'))).toBe(4 * 30 * 48);
  });

  it('stops just above the limit', () => {
    const everySecond = { trigger: { kind: 'cron', expression: '* * * * * *' } } as const;
    const count = counted(5_000, everySecond, everySecond);
    expect(count).toBeGreaterThan(5_000);
    expect(count).toBeLessThan(8_000);
  });
});
