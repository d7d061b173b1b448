import type { lookup, LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { guardedLookup, isPrivateAddress } from '../../../../main/scrape/child/address.ts';

describe('scrape/child/address', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '[::1]',
    '::',
    'fe80::1%eth0',
    'fd00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '[::ffff:a00:1]',
    '64:ff9b::10.0.0.1',
  ])('takes %s for private', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each([
    '93.184.216.34',
    '172.32.0.1',
    '11.0.0.1',
    '2606:4700::1',
    '64:ff9b::5db8:d822',
    'x.test',
  ])('takes %s for public, or for a name', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});

/** What a guarded lookup answers where the system answers this. */
function lookedUp(addresses: readonly LookupAddress[] | Error, all: boolean): Promise<unknown> {
  const system = ((_host: string, _options: unknown, callback: (...args: unknown[]) => void) => {
    if (addresses instanceof Error) callback(addresses, []);
    else callback(null, addresses);
  }) as unknown as typeof lookup;
  return new Promise((resolve) => {
    guardedLookup(system)('x.test', { all }, (error, address, family) => {
      resolve(error === null ? [address, family] : (error as { code?: string }).code);
    });
  });
}

describe('scrape/child/address: guardedLookup', () => {
  const open = { address: '93.184.216.34', family: 4 };
  const closed = { address: '10.0.0.1', family: 4 };

  it('passes public addresses on, in both forms net asks for', async () => {
    expect(await lookedUp([open], false)).toEqual(['93.184.216.34', 4]);
    expect(await lookedUp([open], true)).toEqual([[open], undefined]);
  });

  it('refuses a name as soon as one of its addresses is private', async () => {
    expect(await lookedUp([open, closed], true)).toBe('JACKDAW_PRIVATE_ADDRESS');
    expect(await lookedUp([], true)).toBe('JACKDAW_PRIVATE_ADDRESS');
  });

  it("passes the system's own fault on", async () => {
    expect(await lookedUp(Object.assign(new Error('x'), { code: 'ENOTFOUND' }), true)).toBe(
      'ENOTFOUND',
    );
  });
});
