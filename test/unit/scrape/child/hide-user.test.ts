import { describe, expect, it } from 'vitest';
import { askedAddress, hideUser } from '../../../../main/scrape/child/hide-user.ts';

describe('scrape/child/hide-user', () => {
  it.each([
    ['See https://bob:secret@x.test/a, please', 'See https://x.test/a, please'],
    ['HTTP://bob@x.test and http://a:b@y.test/', 'HTTP://x.test and http://y.test/'],
    [
      'https://x.test/@bob and https://x.test?a=b@c',
      'https://x.test/@bob and https://x.test?a=b@c',
    ],
    ['mail bob@x.test', 'mail bob@x.test'],
  ])('leaves no user in: %s', (text, hidden) => {
    expect(hideUser(text)).toBe(hidden);
  });

  it('asks for an address without user and fragment', () => {
    expect(askedAddress('https://bob:secret@x.test:8443/a?b=c#d')).toBe(
      'https://x.test:8443/a?b=c',
    );
  });
});
