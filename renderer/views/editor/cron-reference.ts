/** One line of the grammar: what is written, and what it means. */
export interface CronSign {
  readonly sign: string;
  readonly means: string;
  /** A whole expression that uses it. */
  readonly example: string;
}

/** The fields of an expression in their order, with what may stand in each. */
export const cronFields = [
  ['Second', '0–59, only where six fields are written'],
  ['Minute', '0–59'],
  ['Hour', '0–23'],
  ['Day of the month', '1–31'],
  ['Month', '1–12 or JAN–DEC'],
  ['Weekday', '0–7 or SUN–SAT; 0 and 7 are Sunday'],
] as const;

/** The signs one can write, the usual ones first. */
export const cronSigns: readonly CronSign[] = [
  { sign: '*', means: 'all', example: '* * * * *' },
  { sign: '1,15', means: '1 and 15', example: '0 9 1,15 * *' },
  { sign: '9-17', means: '9 to 17', example: '0 9-17 * * *' },
  { sign: '*/15', means: 'every 15th', example: '*/15 * * * *' },
  { sign: '5/15', means: 'from 5 on, every 15th', example: '5/15 * * * *' },
  { sign: 'L', means: 'the last day of the month', example: '0 9 L * *' },
  { sign: '15W', means: 'the workday nearest to the 15th', example: '0 9 15W * *' },
  { sign: 'MON#2', means: 'the second Monday', example: '0 9 * * MON#2' },
  { sign: 'FRI#L', means: 'the last Friday', example: '0 9 * * FRI#L' },
  {
    sign: '+FRI',
    means: 'only Fridays among the days of the month; without the + either is enough',
    example: '0 9 13 * +FRI',
  },
  { sign: '@daily', means: 'also @hourly, @weekly, @monthly, @yearly', example: '@daily' },
];
