import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logFolder, logLine, redact } from '../../main/log.ts';
import { aFolder } from '../support/builders.ts';
import { programPath } from '../support/programs.ts';

describe('log', () => {
  it('writes an event and its facts on one line', () => {
    expect(
      logLine('run ended', { id: 'flink', outcome: 'failed', message: 'two words', ms: 12 }),
    ).toBe('run ended id=flink outcome=failed message="two words" ms=12');
    expect(logLine('broken', { text: 'one\ntwo' })).toBe('broken text="one\\ntwo"');
  });

  it.each([
    ['http://anna:secret@example.org/', 'http://…@example.org/'],
    ['http://anna:p@ss@example.org/', 'http://…@example.org/'],
    ['HTTPS://anna:secret@example.org/', 'HTTPS://…@example.org/'],
    ['http://example.org/a?key=secret&b=1#top', 'http://example.org/a?…#top'],
    ['see http://example.org/?a=secret and more', 'see http://example.org/?… and more'],
    ['http://127.0.0.1:1/#token=c2VjcmV0', 'http://127.0.0.1:1/#token=…'],
    ['authorization: Bearer c2VjcmV0', 'authorization: Bearer …'],
    ['authorization: basic c2VjcmV0Og==', 'authorization: basic …'],
    ['http://example.org/people/@anna', 'http://example.org/people/@anna'],
  ])('hides what a log must not tell: %s', (said, written) => {
    expect(redact(said)).toBe(written);
  });

  describe('of a command', () => {
    let folder: string;
    let remove: () => void;
    beforeEach(() => {
      ({ path: folder, remove } = aFolder());
    });
    afterEach(() => {
      remove();
    });

    it('is written wherever the command is called, for its user alone', async () => {
      const data = join(folder, 'data');
      const command = spawn(process.execPath, [programPath('cli'), '--data-dir', data, 'list'], {
        // No package.json lies here or above.
        cwd: folder,
        stdio: 'ignore',
      });
      expect(await once(command, 'exit')).toEqual([0, null]);
      const path = join(logFolder(data), 'jackdaw.log');
      expect(readFileSync(path, 'utf8')).toMatch(/leader acquired host=command .*\n.*leader lost/);
      expect(statSync(path).mode & 0o777).toBe(0o600);
    });
  });
});
