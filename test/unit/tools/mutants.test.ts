import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mutants } from '../../../tools/lib/mutants.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');

describe('the mutants of `npm run test:mutants`', () => {
  it.each(mutants)('still have their place and their tests: $breaks', ({ edits, tests }) => {
    for (const { file, find, replace } of edits) {
      const text = readFileSync(path.join(root, file), 'utf8');
      expect(text.split(find).length - 1, `${file}: ${find}`).toBe(1);
      expect(replace).not.toBe(find);
    }
    for (const test of tests) expect(existsSync(path.join(root, test)), test).toBe(true);
  });
});
