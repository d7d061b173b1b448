import { dayNumber, daySeconds } from './civil.ts';

/** How far a search looks, in seconds: 50 years (design.md section 2, rule 1). */
export const searchSeconds = 18_263 * daySeconds;

/** The first instant looked at: years before 1 have no wall clock here. */
export const earliestSecond = dayNumber(1, 1, 2) * daySeconds;

/** The last instant looked at: the wire has four digits for a year. */
export const latestSecond = dayNumber(9999, 12, 31) * daySeconds - 1;

/** The whole second an instant (epoch ms) lies in, held between the bounds. */
export function secondOf(atMs: number): number {
  if (Number.isNaN(atMs)) throw new TypeError('not an instant: NaN');
  return Math.min(Math.max(Math.floor(atMs / 1_000), earliestSecond), latestSecond);
}
