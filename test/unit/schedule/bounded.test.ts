import { describe, expect, it } from 'vitest';
import { seed, seedShown } from '../../support/seed.ts';
import { hardQuestions } from '../../support/hard-questions.ts';
import { measureFresh, overLimit, randomQuestions } from '../../support/time-limit.ts';

describe(`schedule/bounded (${seedShown})`, { timeout: 180_000 }, () => {
  // Best of three where one was over, on a fresh engine: test/support/time-limit.ts says how.
  it('answers each question within 50 ms, the first of its zone and "never" included', async () => {
    expect(overLimit(await measureFresh(hardQuestions, 'each'))).toEqual([]);
  });

  it('answers random questions of any zone and year within 50 ms', async () => {
    expect(overLimit(await measureFresh(randomQuestions(seed, 15), 'each'))).toEqual([]);
  });
});
