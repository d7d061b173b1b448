import { describe, expect, it } from 'vitest';
import { isOwnSender } from '../../../main/desktop/sender.ts';
import { isWebAddress } from '../../../main/desktop/web-address.ts';

describe('desktop/sender', () => {
  const own = {};
  const frame = { origin: 'app://jackdaw', parent: null };

  it("hears its own window's main frame", () => {
    expect(isOwnSender(own, frame, own)).toBe(true);
  });

  it('hears nobody else: other contents, frames inside the page, other origins, frames gone', () => {
    expect(isOwnSender({}, frame, own)).toBe(false);
    expect(isOwnSender(own, { ...frame, parent: frame }, own)).toBe(false);
    expect(isOwnSender(own, { ...frame, origin: 'app://jackdaw.evil' }, own)).toBe(false);
    expect(isOwnSender(own, { ...frame, origin: 'https://jackdaw' }, own)).toBe(false);
    expect(isOwnSender(own, null, own)).toBe(false);
    expect(isOwnSender(null, frame, null)).toBe(false);
  });
});

describe('desktop/web-address', () => {
  it('lets http and https out, and nothing that could start a program', () => {
    expect(['https://example.com/a', 'http://127.0.0.1:8123/'].map(isWebAddress)).toEqual([
      true,
      true,
    ]);
    const refused = [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'smb://host/x',
      'ms-word:x',
      '',
      'x',
    ];
    expect(refused.filter(isWebAddress)).toEqual([]);
  });
});
