import { execFileSync, spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { familyOf, psArguments } from '../../../main/scrape/family.ts';

describe('scrape/family', () => {
  it.each<[string, string, readonly number[]]>([
    ['nobody where it is alone', '  10     1    10\n  11     1    11\n', []],
    ['its children and theirs, in whatever group', '10 1 10\n11 10 10\n12 11 12\n', [11, 12]],
    ['those of its group whose parent is gone', '10 1 10\n13 1 10\n', [13]],
    ['a child told before its parent', '12 11 12\n11 10 11\n10 1 10\n', [11, 12]],
    ['nobody else', '1 0 1\n10 1 10\n20 1 20\n21 20 20\n11 10 10\n', [11]],
    ['nobody where ps said nothing', '', []],
    ['nobody where it said something else', 'ps: no such option\n\n10\n', []],
  ])('names %s', (_whom, text, expected) => {
    expect(familyOf(10, text).toSorted((a, b) => a - b)).toEqual(expected);
  });

  it.skipIf(process.platform === 'win32')('understands what ps says here', () => {
    const child = spawn('sleep', ['100'], { detached: true, stdio: 'ignore' });
    const text = execFileSync('ps', psArguments, { encoding: 'utf8' });
    child.kill('SIGKILL');
    expect(familyOf(process.pid, text)).toContain(child.pid);
  });
});
