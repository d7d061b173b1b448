import { describe, expect, it } from 'vitest';
import { readCron } from '../../../../main/schedule/cron-grammar.ts';
import { cronSigns } from '../../../../renderer/views/editor/cron-reference.ts';

describe('editor/cron-reference', () => {
  it('names only what the engine reads, each sign in an example of its own', () => {
    for (const { sign, example } of cronSigns) {
      expect(example.split(' ')).toContain(sign);
      expect({ example, ok: readCron(example).ok }).toEqual({ example, ok: true });
    }
  });
});
