import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Refusal } from '../../../contract/result.ts';
import { openForReading } from '../../../main/store/database.ts';
import { benchWithoutHost } from '../../unit/cli/harness.ts';
import { aFolder } from '../builders.ts';
import { contentsOf } from '../contents.ts';
import { expectAnswer, expectRefusal } from './answer-checks.ts';
import { damagedFile } from './damaged-files.ts';

/** What a data folder holds, but for `meta`: each command that leads it writes its epoch there. */
function held(folder: string): string {
  const db = openForReading(folder);
  try {
    return contentsOf(db, ['meta']);
  } finally {
    db.close();
  }
}

/**
 * Gives so many damaged files, byte by byte, to `import` of the command line, where no host lives: each is
 * imported with exit code 0, or refused with 1, a line on stderr for each fault, and nothing changed.
 */
export async function fuzzCommand(files: number, seed: number): Promise<void> {
  const bench = benchWithoutHost();
  const { path, remove } = aFolder();
  const file = join(path, 'schedules.yaml');
  await bench.cli(['sample']);
  try {
    await fc.assert(
      fc.asyncProperty(damagedFile, async (bytes) => {
        writeFileSync(file, bytes);
        const before = held(bench.folder);
        const { code, out, err } = await bench.cli(['import', file, '--json']);
        if (code === 0) {
          expectAnswer('importFile', JSON.parse(out));
          return;
        }
        expect(code).toBe(1);
        expect(err).toMatch(/^([^\n]+\n)+$/);
        const { code: why, message } = JSON.parse(out) as Refusal;
        expectRefusal({ ok: false, code: why, message });
        expect(held(bench.folder), 'nothing changed').toBe(before);
      }),
      { seed, numRuns: files },
    );
  } finally {
    remove();
    await bench.stop();
  }
}
