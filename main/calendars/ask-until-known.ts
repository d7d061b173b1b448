import type { Calendars } from './calendars.ts';

// Years are read in growing numbers; a search of 50 years takes four rounds.
const mostRounds = 12;

/**
 * Asks, and asks again after the years were read that the answer touched and that weren't known,
 * until it is whole. Bounded: after twelve rounds the last answer is as good as it gets.
 */
export async function askUntilKnown<T>(
  calendars: Pick<Calendars, 'catchUp'>,
  ask: () => T,
): Promise<T> {
  let answer = ask();
  for (let round = 0; round < mostRounds && (await calendars.catchUp()); round += 1) answer = ask();
  return answer;
}
