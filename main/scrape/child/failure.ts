import { hasAddress } from '../../network.ts';
import type { ChildVerdict } from '../messages.ts';

/** A page that couldn't be had, with the verdict it gives its run. */
export class PageFailure extends Error {
  readonly reason: string;
  readonly network: boolean;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;

  constructor(
    reason: string,
    message: string,
    kind: {
      readonly network?: boolean;
      readonly retryable?: boolean;
      readonly retryAfterMs?: number | null;
    } = {},
  ) {
    super(message);
    this.reason = reason;
    this.network = kind.network ?? false;
    this.retryable = kind.retryable ?? this.network;
    this.retryAfterMs = kind.retryAfterMs ?? null;
  }
}

/** The verdict of a run that this failure ends. */
export function failedBy(failure: PageFailure): ChildVerdict {
  const { reason, message, network, retryable, retryAfterMs } = failure;
  return { outcome: 'failed', reason, message, network, retryable, retryAfterMs };
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
  return 'cause' in error ? codeOf(error.cause) : '';
}

const certificateFaults: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: "its certificate isn't valid yet; check this computer's clock",
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate's issuer isn't trusted on this computer",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate's issuer can't be verified",
  UNABLE_TO_GET_ISSUER_CERT: "its certificate's issuer is missing",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate's issuer isn't known on this computer",
  CERT_REVOKED: 'its certificate has been revoked',
  CERT_SIGNATURE_FAILURE: "its certificate's signature is wrong",
};

function tlsFailure(code: string, host: string): PageFailure | null {
  const fault = certificateFaults[code];
  if (fault !== undefined)
    return new PageFailure('tls', `${host} can't be trusted: ${fault}. The page was not read.`);
  if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS'))
    return new PageFailure('tls', `${host} and Jackdaw agree on no safe connection (${code}).`);
  return null;
}

function timeoutFailure(code: string, host: string): PageFailure | null {
  const waited: Readonly<Record<string, string>> = {
    UND_ERR_CONNECT_TIMEOUT: "didn't take the connection",
    ETIMEDOUT: "didn't take the connection",
    UND_ERR_HEADERS_TIMEOUT: "didn't answer the request",
    UND_ERR_BODY_TIMEOUT: 'stopped in the middle of the page',
  };
  const what = waited[code];
  if (what === undefined) return null;
  return new PageFailure('timeout', `${host} ${what} in time. Jackdaw tries again later.`, {
    network: true,
  });
}

type WayFault = (host: string) => readonly [reason: string, message: string];

const noNameServer: WayFault = (host) => [
  'offline',
  `No name server answers for ${host}; the line to the internet may be down.`,
];
const noSuchName: WayFault = (host) => [
  'dns',
  `The host name ${host} isn't known. Check its spelling, or the network.`,
];
const noWay: WayFault = (host) => ['unreachable', `There is no way to ${host} at the moment.`];

/** Faults of the name or the route: without a network every host has them. */
const wayFaults: Readonly<Record<string, WayFault>> = {
  EAI_AGAIN: noNameServer,
  ENOTFOUND: noSuchName,
  EAI_NODATA: noSuchName,
  EAI_FAIL: noSuchName,
  ENETUNREACH: noWay,
  ENETDOWN: noWay,
  EHOSTUNREACH: noWay,
  EHOSTDOWN: noWay,
  EADDRNOTAVAIL: noWay,
};

function wayFailure(code: string, host: string, online: boolean): PageFailure | null {
  const fault = wayFaults[code];
  if (fault === undefined) return null;
  const [reason, message] = online
    ? fault(host)
    : (['offline', 'This computer has no network at the moment.'] as const);
  return new PageFailure(reason, message, { network: true });
}

/** Faults of the connection itself. */
function connectionFailure(code: string, host: string): PageFailure | null {
  const network = { network: true };
  switch (code) {
    case 'JACKDAW_PRIVATE_ADDRESS':
      return new PageFailure('private-address', `${host} names an address that isn't public.`);
    case 'ECONNREFUSED':
      return new PageFailure('refused', `${host} takes no connections on this port.`, network);
    case 'ECONNRESET':
    case 'ECONNABORTED':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return new PageFailure('reset', `${host} broke off the connection.`, network);
    default:
      return null;
  }
}

/**
 * Names what went wrong while a page was fetched. Of the network, and worth a retry: dns, offline,
 * unreachable, refused, reset, timeout. Of the site: tls, protocol.
 *
 * `offline` is this computer's own state: it has no address, or no name server can be asked. All else is
 * the fault of the one host, and counts against its schedule (docs/decisions/network-faults.md).
 *
 * @param online Whether this computer has an address.
 */
export function classifyError(error: unknown, url: string, online = hasAddress()): PageFailure {
  if (error instanceof PageFailure) return error;
  const { host } = new URL(url);
  const code = codeOf(error);
  const known =
    timeoutFailure(code, host) ??
    wayFailure(code, host, online) ??
    connectionFailure(code, host) ??
    tlsFailure(code, host);
  if (known !== null) return known;
  const detail = code === '' && error instanceof Error ? error.message : code;
  return new PageFailure('protocol', `${host} didn't answer as a web server does (${detail}).`, {
    retryable: true,
  });
}
