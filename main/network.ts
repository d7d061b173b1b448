import { networkInterfaces } from 'node:os';

/** One address of this computer, as node:os tells it. */
interface Address {
  readonly address: string;
  readonly internal: boolean;
}

/** Addresses that a computer gives itself where nobody on the line gives it one (RFC 3927, RFC 4291). */
const selfGiven = /^169\.254\.|^fe[89ab][0-9a-f]:/i;

/**
 * Whether this computer has an address beyond its own loopback: without one no network can be reached.
 * An address alone doesn't mean that the internet can: the line beyond the router may be dead.
 *
 * @param interfaces Tests give their own.
 */
export function hasAddress(
  interfaces: Readonly<Record<string, readonly Address[] | undefined>> = networkInterfaces(),
): boolean {
  return Object.values(interfaces).some(
    (addresses) =>
      addresses?.some(({ address, internal }) => !internal && !selfGiven.test(address)) ?? false,
  );
}
