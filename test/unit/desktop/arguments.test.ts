import { describe, expect, it } from 'vitest';
import { readDesktopArguments } from '../../../main/desktop/arguments.ts';

describe('desktop/arguments', () => {
  it('finds its own options among those of Chromium', () => {
    expect(
      readDesktopArguments(['.', '--no-sandbox', '--data-dir', '/data', '--hidden', '--x=1']),
    ).toEqual({ cli: null, hidden: true, dataDir: '/data' });
    expect(readDesktopArguments(['--data-dir=/my data'])).toEqual({
      cli: null,
      hidden: false,
      dataDir: '/my data',
    });
    expect(readDesktopArguments([])).toEqual({ cli: null, hidden: false, dataDir: undefined });
  });

  it('leaves everything after --cli to the command', () => {
    expect(
      readDesktopArguments(['.', '--cli', 'status', '--data-dir', '/data', '--hidden']),
    ).toEqual({
      cli: ['status', '--data-dir', '/data', '--hidden'],
      hidden: false,
      dataDir: undefined,
    });
  });
});
