import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  isProcessAlive,
  readHostFile,
  removeHostFile,
  writeHostFile,
  type HostFile,
} from '../../../main/web/host-file.ts';

const host: HostFile = {
  host: 'headless',
  pid: 4711,
  version: '0.1.0',
  since: '2026-11-21T07:00:00Z',
  port: 47110,
  token: 'token-of-the-first',
};
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jackdaw-host-file-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('web/host-file', () => {
  it('tells the next reader how to reach the host, and nobody but the user', () => {
    writeHostFile(folder, host);
    expect(readHostFile(folder)).toEqual(host);
    expect(readdirSync(folder)).toEqual(['host.json']);
    if (process.platform !== 'win32')
      expect((statSync(join(folder, 'host.json')).mode & 0o777).toString(8)).toBe('600');
  });

  it('replaces the file a crashed host left, with its rights', () => {
    writeFileSync(join(folder, 'host.json'), 'left over', { mode: 0o644 });
    writeHostFile(folder, host);
    expect(readHostFile(folder)).toEqual(host);
    if (process.platform !== 'win32')
      expect((statSync(join(folder, 'host.json')).mode & 0o777).toString(8)).toBe('600');
  });

  it('takes away its own file and leaves a successor’s', () => {
    writeHostFile(folder, { ...host, token: 'token-of-the-second' });
    removeHostFile(folder, host);
    expect(readFileSync(join(folder, 'host.json'), 'utf8')).toContain('token-of-the-second');
    removeHostFile(folder, { ...host, token: 'token-of-the-second' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    '',
    '{',
    'null',
    '{"pid":1}',
    '{"host":"x","pid":1,"version":"","since":"","port":99999,"token":"a"}',
  ])('takes a file it can’t read (%j) for none', (text) => {
    writeFileSync(join(folder, 'host.json'), text);
    expect(readHostFile(folder)).toBeNull();
  });

  it('knows a living process from a dead one', () => {
    expect(isProcessAlive(process.pid)).toBe(true);
    expect(isProcessAlive(2 ** 22 + 1)).toBe(false);
  });
});
