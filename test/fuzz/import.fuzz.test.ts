import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { seed, seedShown } from '../support/seed.ts';
import { worstTexts } from '../support/fuzz/damaged-files.ts';
import { fuzzCommand } from '../support/fuzz/fuzz-command.ts';
import { fuzzImport } from '../support/fuzz/fuzz-import.ts';

const files = Number(process.env['JACKDAW_CASES'] ?? 10_000);

/** Row 34 of the reliability targets. */
const growthMb = 50;

/** What is kept after a collection of garbage. */
function keptMb(): number {
  for (let turn = 0; turn < 2; turn += 1) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

/** By how much a process of its own has grown at most, when it has read one of the worst texts. */
async function peakMb(index: number): Promise<number> {
  const child = join(import.meta.dirname, '..', 'support', 'fuzz', 'read-worst.ts');
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--expose-gc', child, String(index)]);
  return Number(stdout);
}

describe(`fuzz/import (${seedShown})`, () => {
  it('takes a damaged schedule file as a whole or not at all, in time, and keeps no memory', async () => {
    await fuzzImport(files / 10, seed);
    const before = keptMb();
    const tally = await fuzzImport(files, seed + 1);
    const grown = keptMb() - before;
    console.log(JSON.stringify({ ...tally, grownMb: Math.round(grown) }));
    expect(tally.imported).toBeGreaterThan(files / 100);
    expect(tally.refused).toBeGreaterThan(files / 10);
    expect(grown).toBeLessThan(growthMb);
  });

  it.each(worstTexts.map((text, index) => [text.slice(0, 24), index] as const))(
    'reads what begins with %j and goes on for ever in less than 50 MB',
    async (_, index) => {
      expect(await peakMb(index)).toBeLessThan(growthMb);
    },
  );

  it('does so at the command line, whatever bytes a file has', async () => {
    await fuzzCommand(files / 50, seed + 2);
  });
});
