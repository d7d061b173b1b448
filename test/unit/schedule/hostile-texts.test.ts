import { describe, it } from 'vitest';
import { seed, seedShown } from '../../support/seed.ts';
import { fuzzCron, fuzzProfiles } from '../../support/hostile-texts.ts';

describe(`schedule/hostile-texts (${seedShown})`, { timeout: 180_000 }, () => {
  it('reads or refuses any cron expression within 100 ms, and answers those it has read', () => {
    fuzzCron(500, seed);
  });

  it('refuses hours, triggers and zones of any shape, or answers them; nothing else is thrown', () => {
    fuzzProfiles(150, seed);
  });
});
