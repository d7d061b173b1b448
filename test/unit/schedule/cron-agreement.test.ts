import { Cron } from 'croner';
import { describe, expect, it } from 'vitest';
import { nextInstants } from '../../../main/schedule/next-slots.ts';

const hourMs = 3_600_000;

/** Two clock changes of each zone. */
const changes: readonly (readonly [zone: string, ...about: string[]])[] = [
  ['America/New_York', '2026-03-08T07:00:00Z', '2026-11-01T06:00:00Z'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', '2026-10-03T15:30:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z', '2019-02-17T02:00:00Z'],
];

/** Patterns around a change, asked at many instants. */
const patterns = [
  '*/15 * * * *',
  '30 * * * *',
  '30 2 * * *',
  '15 1 * * *',
  '0 0 * * *',
  '45 23 * * *',
  '0,30 1-3 * * *',
  '0 */2 * * *',
  '30 2,14 * * 0',
  '*/20 30 1-2 * * *',
  '0 9 * * 1-5',
];

/** Patterns whose days take some finding. */
const dayPatterns = [
  '0 12 1,15 * 5',
  '0 12 1 * +MON',
  '0 12 L * *',
  '0 12 LW * *',
  '0 12 15W * *',
  '0 12 1W,31W * *',
  '0 12 * * FRI#L',
  '0 12 * * 2#2,THU#4',
  '0 12 * * 5L',
  '0 12 L,13 2 6#5',
  '0 12 29 2 *',
  '0 12 */10 */5 *',
  '0 12 10-20/5 JAN-MAR,OCT fri-sun',
  '0 12 * * 7',
  '0 12 ? * 1-7',
  '0 12 31 * +*/2',
  '0 12 28-31 * +0',
];

function differences(
  expression: string,
  zone: string,
  instants: readonly number[],
): readonly unknown[] {
  const cron = new Cron(expression, { timezone: zone, fixedTimeRule: 'no-wildcard' });
  const rhythm = {
    trigger: { kind: 'cron', expression },
    timezone: zone,
    outside: 'skip',
  } as const;
  return instants.flatMap((atMs) => {
    const theirs = cron.nextRun(new Date(atMs))?.getTime();
    const [ours] = nextInstants(rhythm, null, atMs, 1);
    return ours === theirs ? [] : [{ expression, zone, atMs, ours, theirs }];
  });
}

describe('schedule/cron-agreement', () => {
  it.each(changes)('finds the runs croner finds around the changes of %s', (zone, ...abouts) => {
    const found = abouts.flatMap((about) => {
      const instants = Array.from(
        { length: 240 },
        (_, index) => Date.parse(about) + (index - 120) * 0.25 * hourMs + (index % 7) * 37_000,
      );
      return patterns.flatMap((expression) => differences(expression, zone, instants));
    });
    expect(found).toEqual([]);
  });

  it.each(dayPatterns)('finds the days croner finds for %s', (expression) => {
    const instants = Array.from(
      { length: 100 },
      (_, index) => Date.parse('2026-01-01T00:00:00Z') + index * 175 * hourMs,
    );
    expect(differences(expression, 'Europe/Berlin', instants)).toEqual([]);
  });
});
