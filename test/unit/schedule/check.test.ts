import { describe, expect, it } from 'vitest';
import { checkRhythm } from '../../../main/schedule/check.ts';

describe('schedule/check', () => {
  it('finds nothing wrong with what can be kept', () => {
    expect(checkRhythm({ trigger: { kind: 'cron', expression: '*/15 9-17 * * 1-5' } }, '')).toEqual(
      [],
    );
    expect(checkRhythm({ trigger: { kind: 'interval', every: '30m' } }, '')).toEqual([]);
    expect(checkRhythm({}, '')).toEqual([]);
  });

  it('names the place of an expression that can not be read', () => {
    const schedule = { trigger: { kind: 'cron', expression: '@reboot' } } as const;
    const message =
      'asks for @reboot, which is no time; write 5 fields, for example */15 9-17 * * 1-5';
    expect(checkRhythm(schedule, 'schedules[0]')).toEqual([
      { path: 'schedules[0].trigger.expression', message, code: 'invalid' },
    ]);
    expect(checkRhythm(schedule, '').map((fault) => fault.path)).toEqual(['trigger.expression']);
  });

  it('refuses a one time in UTC, which the schema lets through', () => {
    const schedule = { trigger: { kind: 'once', at: '2026-12-01T09:00Z' } } as const;
    expect(checkRhythm(schedule, 'schedules[2]')).toEqual([
      {
        path: 'schedules[2].trigger.at',
        message: "is in UTC; leave out the Z and write the time in the schedule's zone",
        code: 'invalid',
      },
    ]);
  });
});
