import { describe, expect, it } from 'vitest';
import { seed, seedShown } from '../../support/seed.ts';
import { fuzzImport } from '../../support/fuzz/fuzz-import.ts';

describe(`calls/files: damaged files (${seedShown})`, () => {
  it('takes each as a whole or not at all', async () => {
    const { refused, looked, imported } = await fuzzImport(60, seed);
    expect(refused + looked + imported).toBe(60);
    expect(refused).toBeGreaterThan(0);
  });
});
