import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** IPv4 networks that aren't the public internet (IANA's special-purpose registry). */
const networks: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

const networks6: readonly (readonly [string, number])[] = [
  ['::', 127],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

function privateAddresses(): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) {
    list.addSubnet(network, prefix, 'ipv4');
    // The same networks behind a translator from IPv6.
    list.addSubnet(`::ffff:${network}`, 96 + prefix, 'ipv6');
    list.addSubnet(`64:ff9b::${network}`, 96 + prefix, 'ipv6');
  }
  for (const [network, prefix] of networks6) list.addSubnet(network, prefix, 'ipv6');
  return list;
}

const blocked = privateAddresses();

/** A connection to an address that only the schedule's own host may name. */
export class PrivateAddressError extends Error {
  readonly code = 'JACKDAW_PRIVATE_ADDRESS';
}

/** Whether an IP address, brackets or not, is private, loopback, link-local or otherwise not public. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(bare);
  return family !== 0 && blocked.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * A lookup for net.connect that refuses names with any address that isn't public: checked on the very
 * answer that is connected to, so a name can't change its mind in between.
 */
export function guardedLookup(lookup: typeof systemLookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const bad = addresses.find(({ address }) => isPrivateAddress(address));
      const [first] = addresses;
      if (bad !== undefined || first === undefined)
        callback(new PrivateAddressError(bad?.address ?? 'no address'), '', 0);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
