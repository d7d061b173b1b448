import { seededRandom } from '../../support/seed.ts';

/** The zone of most measurements. */
export const zone = 'America/New_York';

const yearStartMs = Date.UTC(2026, 0, 1);
const yearMs = 365 * 86_400_000;

/** Instants of 2026 at random, to the millisecond; the same in every run. */
export function instantsOf2026(count: number): readonly number[] {
  const random = seededRandom(2026);
  return Array.from({ length: count }, () => yearStartMs + Math.floor(random() * yearMs));
}

/** Clock changes, each with a zone it happened in. */
export const clockChanges: readonly (readonly [zone: string, at: string])[] = [
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['Europe/London', '2026-03-29T01:00:00Z'],
  ['Europe/London', '2026-10-25T01:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['America/St_Johns', '2026-03-08T05:30:00Z'],
  ['America/St_Johns', '2026-11-01T04:30:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ['America/Sao_Paulo', '2019-02-17T02:00:00Z'],
];

/** Instants at random, at most so many hours from an instant. */
export function instantsAround(
  atMs: number,
  hours: number,
  count: number,
  seed: number,
): readonly number[] {
  const random = seededRandom(seed);
  return Array.from(
    { length: count },
    () => atMs + Math.floor((random() * 2 - 1) * hours * 3_600_000),
  );
}

/** Public holidays of New York in 2026 and 2027, twenty of them, as dates to exclude. */
export const twentyHolidays: readonly string[] = [
  '2026-01-01',
  '2026-01-19',
  '2026-02-16',
  '2026-05-25',
  '2026-06-19',
  '2026-07-03',
  '2026-09-07',
  '2026-10-12',
  '2026-11-11',
  '2026-11-26',
  '2026-12-25',
  '2027-01-01',
  '2027-01-18',
  '2027-02-15',
  '2027-05-31',
  '2027-06-18',
  '2027-07-05',
  '2027-09-06',
  '2027-10-11',
  '2027-11-11',
];
