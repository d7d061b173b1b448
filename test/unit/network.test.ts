import { describe, expect, it } from 'vitest';
import { hasAddress } from '../../main/network.ts';

const loopback = [
  { address: '127.0.0.1', internal: true },
  { address: '::1', internal: true },
];

describe('network', () => {
  it.each([
    ['nothing but the loopback', {}, false],
    ['an address', { eth0: [{ address: '192.168.1.7', internal: false }] }, true],
    ['an IPv6 address', { eth0: [{ address: '2001:db8::7', internal: false }] }, true],
    ['a private IPv6 address', { eth0: [{ address: 'fd00::7', internal: false }] }, true],
    [
      'only addresses it gave itself',
      {
        eth0: [
          { address: '169.254.3.4', internal: false },
          { address: 'fe80::1', internal: false },
        ],
      },
      false,
    ],
    ['an interface without any', { eth0: undefined }, false],
  ])('sees %s', (_what, interfaces, expected) => {
    expect(hasAddress({ lo: loopback, ...interfaces })).toBe(expected);
  });
});
