import { describe, expect, it } from 'vitest';
import { seed, seedShown } from '../support/check-cases.ts';
import { fuzzCommand } from '../support/fuzz/fuzz-command.ts';
import { fuzzImport } from '../support/fuzz/fuzz-import.ts';

const files = Number(process.env['JACKDAW_CASES'] ?? 10_000);

/** Row 34 of the reliability targets. */
const growthMb = 50;

function rssMb(): number {
  for (let turn = 0; turn < 2; turn += 1) globalThis.gc?.();
  return process.memoryUsage.rss() / 1e6;
}

describe(`fuzz/import (${seedShown})`, () => {
  it('takes a damaged schedule file as a whole or not at all, in time, and keeps no memory', async () => {
    await fuzzImport(files / 10, seed);
    const before = rssMb();
    const tally = await fuzzImport(files, seed + 1);
    const grown = rssMb() - before;
    const peakMb = process.resourceUsage().maxRSS / 1e3;
    console.log(JSON.stringify({ ...tally, before, grown, peakMb }));
    expect(tally.imported).toBeGreaterThan(files / 50);
    expect(tally.refused).toBeGreaterThan(files / 10);
    expect(grown).toBeLessThan(growthMb);
  });

  it('does so at the command line, whatever bytes a file has', async () => {
    await fuzzCommand(files / 50, seed + 2);
  });
});
