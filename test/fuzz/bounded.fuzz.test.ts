import { describe, expect, it } from 'vitest';
import { seed, seedShown } from '../support/seed.ts';
import { everyHardQuestion } from '../support/hard-questions.ts';
import { fuzzCron, fuzzProfiles } from '../support/hostile-texts.ts';
import { measureFresh, overLimit, randomQuestions } from '../support/time-limit.ts';

describe(`fuzz/bounded (${seedShown})`, () => {
  // Best of three where one was over, on a fresh engine: test/support/time-limit.ts says how.
  it('answers each hard question put in every way within 50 ms, each on a fresh engine', async () => {
    expect(overLimit(await measureFresh(everyHardQuestion, 'every'))).toEqual([]);
  });

  it('answers random questions of any zone and year within 50 ms', async () => {
    expect(overLimit(await measureFresh(randomQuestions(seed, 1_000), 'every'))).toEqual([]);
  });

  it('reads or refuses any cron expression within 100 ms, and answers those it has read', () => {
    fuzzCron(50_000, seed);
  });

  it('refuses hours, triggers and zones of any shape, or answers them; nothing else is thrown', () => {
    fuzzProfiles(10_000, seed);
  });
});
