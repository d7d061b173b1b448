import { describe, it } from 'vitest';
import { seed, seedShown } from '../support/seed.ts';
import { checkAgreement } from '../support/simulated-host.ts';

describe(`fuzz/simulate (${seedShown})`, () => {
  it('writes the ledger that a host on the virtual clock writes', async () => {
    await checkAgreement(500, seed);
  });
});
