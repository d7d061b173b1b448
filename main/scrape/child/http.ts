import { Agent, request, type Dispatcher } from 'undici';
import type { Clock } from '../../clock.ts';
import type { ScrapeLimits } from '../limits.ts';
import { guardedLookup, isPrivateAddress } from './address.ts';
import { acceptedEncodings, readBody } from './decode.ts';
import { classifyError, PageFailure } from './failure.ts';

/** One answer of a server; redirects aren't followed here. */
export interface Answer {
  readonly status: number;
  /** A header's value by its lower-case name; null where it wasn't sent. */
  header(name: string): string | null;
  /** The body, unpacked; empty but for 2xx answers. */
  readonly body: Uint8Array;
}

/** One request, as little as is needed. */
export interface Ask {
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyBytes: number;
}

/** Sends requests within a run's limits. */
export interface Http {
  /**
   * Sends a GET. Throws `PageFailure` where there is no whole answer in time, and where the address
   * isn't public and isn't the schedule's own: such a request is never sent.
   */
  get(ask: Ask): Promise<Answer>;
}

/** What requests are made of. */
export interface HttpParts {
  readonly clock: Clock;
  readonly limits: ScrapeLimits;
  readonly userAgent: string;
  /** The host and port the user named; it may be private. */
  readonly ownHost: string;
}

function agentFor(limits: ScrapeLimits, guarded: boolean): Agent {
  return new Agent({
    allowH2: false,
    pipelining: 1,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.idleMs,
    connect: {
      timeout: limits.connectMs,
      ...(guarded ? { lookup: guardedLookup() } : {}),
    },
  });
}

/** The fault of asking an address that only the schedule itself may name. */
function refusal(host: string): PageFailure {
  return new PageFailure(
    'private-address',
    `${host} is an address of a private network, which only a schedule's own address may name. It was not asked.`,
  );
}

function headersFor({ etag, lastModified }: Ask, userAgent: string): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'accept-encoding': acceptedEncodings,
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
}

function headerReader(headers: Dispatcher.ResponseData['headers']): Answer['header'] {
  return (name) => {
    const value = headers[name];
    return (Array.isArray(value) ? value.join(', ') : value) ?? null;
  };
}

/** The requests of one run. Connections are kept open between them and end with the process. */
export function createHttp({ clock, limits, userAgent, ownHost }: HttpParts): Http {
  const own = agentFor(limits, false);
  const guarded = agentFor(limits, true);

  const send = async (ask: Ask, signal: AbortSignal): Promise<Answer> => {
    const dispatcher = new URL(ask.url).host === ownHost ? own : guarded;
    const headers = headersFor(ask, userAgent);
    const response = await request(ask.url, { dispatcher, method: 'GET', headers, signal });
    const header = headerReader(response.headers);
    if (response.statusCode < 200 || response.statusCode > 299) {
      // A short body is read so that the connection can be used again; a long one is cut off.
      await response.body.dump({ limit: 65_536, signal }).catch(() => undefined);
      return { status: response.statusCode, header, body: new Uint8Array() };
    }
    const packing = header('content-encoding') ?? '';
    const body = await readBody(response.body, packing, ask.bodyBytes);
    return { status: response.statusCode, header, body };
  };

  return {
    get: async (ask) => {
      const { host, hostname } = new URL(ask.url);
      if (host !== ownHost && isPrivateAddress(hostname)) throw refusal(host);
      const abort = new AbortController();
      const timer = clock.after(limits.requestMs, () => {
        const text = `${host} sends the page too slowly; Jackdaw stopped reading it.`;
        abort.abort(new PageFailure('timeout', text, { network: true }));
      });
      try {
        return await send(ask, abort.signal);
      } catch (error) {
        const failure = classifyError(error, ask.url);
        throw failure.reason === 'private-address' ? refusal(host) : failure;
      } finally {
        timer.cancel();
      }
    },
  };
}
