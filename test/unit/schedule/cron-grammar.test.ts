import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronFaults } from '../../../main/schedule/cron-grammar.ts';
import { nextSlots } from '../../../main/schedule/next-slots.ts';

const path = 'trigger.expression';

/** The wall times of the next runs in UTC, from the first of June 2026, a Monday. */
function runs(expression: string, count: number): readonly string[] {
  const rhythm = {
    trigger: { kind: 'cron', expression },
    timezone: 'UTC',
    outside: 'skip',
  } as const;
  const slots = nextSlots(rhythm, null, Date.parse('2026-06-01T00:00:00Z'), count);
  return slots.map((slot) => slot.local.slice(0, 19));
}

describe('schedule/cron-grammar', () => {
  it.each<[expression: string, expected: readonly string[]]>([
    [
      '5/20 * * * *',
      ['2026-06-01T00:05:00', '2026-06-01T00:25:00', '2026-06-01T00:45:00', '2026-06-01T01:05:00'],
    ],
    [
      '30/10 0 12 * * *',
      ['2026-06-01T12:00:30', '2026-06-01T12:00:40', '2026-06-01T12:00:50', '2026-06-02T12:00:30'],
    ],
    ['0 20/2 * * *', ['2026-06-01T20:00:00', '2026-06-01T22:00:00', '2026-06-02T20:00:00']],
    ['0 0 29/1 * *', ['2026-06-29T00:00:00', '2026-06-30T00:00:00', '2026-07-29T00:00:00']],
    ['0 0 1 NOV/1 *', ['2026-11-01T00:00:00', '2026-12-01T00:00:00', '2027-11-01T00:00:00']],
    ['0 0 * * fri/1', ['2026-06-05T00:00:00', '2026-06-06T00:00:00', '2026-06-12T00:00:00']],
    ['0 0 * * 7/2', ['2026-06-07T00:00:00', '2026-06-14T00:00:00']],
    ['0 0 13 * +5/1', ['2026-06-13T00:00:00', '2026-11-13T00:00:00']],
    ['0,15/30 9 * * *', ['2026-06-01T09:00:00', '2026-06-01T09:15:00', '2026-06-01T09:45:00']],
  ])('reads N/step from N to the end of the field: %s', (expression, expected) => {
    expect(runs(expression, expected.length)).toEqual(expected);
  });

  it.each([
    ['@hourly', '2026-06-01T01:00:00'],
    ['@daily', '2026-06-02T00:00:00'],
    ['@midnight', '2026-06-02T00:00:00'],
    ['@weekly', '2026-06-07T00:00:00'],
    [' @Monthly ', '2026-07-01T00:00:00'],
    ['@yearly', '2027-01-01T00:00:00'],
    ['@annually', '2027-01-01T00:00:00'],
    ['  0   12 * *\t* ', '2026-06-01T12:00:00'],
  ])('accepts %s', (expression, expected) => {
    expect(runs(expression, 1)).toEqual([expected]);
  });

  it.each<[expression: string, message: string]>([
    [
      '* * * *',
      'has 4 fields; write 5 (minute, hour, day of month, month, weekday), ' +
        'or 6 with the second first, for example */15 9-17 * * 1-5',
    ],
    [
      'often',
      'has 1 field; write 5 (minute, hour, day of month, month, weekday), ' +
        'or 6 with the second first, for example */15 9-17 * * 1-5',
    ],
    ['0 0 9 * * * 2027', 'has 7 fields; a year is not supported, leave the last field out'],
    [
      '61 * * * *',
      "has a minute field that can't be read (61); use 0 to 59, " +
        'with * for all, lists (1,3), ranges (1-5) and steps (*/2)',
    ],
    [
      '0 0 * * MON-FRY',
      "has a weekday field that can't be read (MON-FRY); use 0 to 7 or SUN to SAT, " +
        'with #2 for the second and L for the last, ' +
        'with * for all, lists (1,3), ranges (1-5) and steps (*/2)',
    ],
    [
      '0 22-3 * * *',
      'has a range that runs backwards in the hour field (22-3); ' +
        'write two ranges with a comma between them',
    ],
    [
      '@reboot',
      'asks for @reboot, which is no time; write 5 fields, for example */15 9-17 * * 1-5',
    ],
    [
      '@fortnightly',
      'has a name not known here; use @hourly, @daily, @weekly, @monthly or @yearly, or 5 fields',
    ],
  ])('refuses %s with the remedy', (expression, message) => {
    expect(cronFaults(expression, path)).toEqual([{ path, message }]);
  });

  it.each([
    '*/0 * * * *',
    '*/61 * * * *',
    '/5 * * * *',
    '60/5 * * * *',
    '0 24/1 * * *',
    '0 0 0/2 * *',
    '0 0 32/1 * *',
    '0 0 * 13/1 *',
    '0 0 * * 8/1',
    '1,,2 * * * *',
    '5- * * * *',
    '-5 * * * *',
    '1.5 * * * *',
    '0 0 * * MON#6',
    '0 0 * * +',
    '0 0 15W-17 * *',
    '0 0 L-3 * *',
    '0 0 * * @daily',
    '2026-06-01T09:00:00',
    'H H * * *',
    '0 0 * * *; rm',
    '٣ * * * *',
    '',
    '   ',
  ])('refuses %j', (expression) => {
    expect(cronFaults(expression, path)).toHaveLength(1);
  });

  it('answers any text within a moment, however hostile', () => {
    const hostile = fc.oneof(
      fc.string({ maxLength: 400 }),
      fc.stringMatching(/^[-*/,#+?LW0-9A-Z@ ]{0,300}$/),
      fc.constantFrom(
        '0-99999999999999 * * * *',
        '*/1e9 * * * *',
        `${'0,'.repeat(140)}0 * * * *`,
        `0 0 ${'1W,'.repeat(90)}1W * *`,
        '*'.repeat(300),
        ' '.repeat(100_000),
        'a '.repeat(100_000),
        '1-'.repeat(150),
      ),
    );
    fc.assert(
      fc.property(hostile, (expression) => {
        const startedAt = performance.now();
        const faults = cronFaults(expression, path);
        if (faults.length === 0) expect(runs(expression, 1).length).toBeLessThan(2);
        expect(performance.now() - startedAt).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
  });
});
