import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request as the site got it. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

/** A site on the loopback that a test scripts, faults and all. */
export interface FaultSite {
  /** Answers this path from now on; without a script it is 404. */
  at(path: string, handler: RequestListener): void;
  url(path: string): string;
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly origin: string;
  readonly requests: SeenRequest[];
  /** The paths asked for, robots.txt left out. */
  paths(): readonly string[];
  /** Resolves with the next request for this path. */
  asked(path: string): Promise<SeenRequest>;
  close(): Promise<void>;
}

interface Waiter {
  readonly path: string;
  readonly ring: (request: SeenRequest) => void;
}

/** Opens a site on a free port of 127.0.0.1; with `tls`, over HTTPS. */
export async function openFaultSite(tls?: ServerOptions): Promise<FaultSite> {
  const handlers = new Map<string, RequestListener>();
  const requests: SeenRequest[] = [];
  const waiters = new Set<Waiter>();
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '/';
    const seen = { path, headers: request.headers };
    requests.push(seen);
    for (const waiter of waiters)
      if (waiter.path === path) {
        waiters.delete(waiter);
        waiter.ring(seen);
      }
    const handler = handlers.get(path);
    if (handler === undefined) response.writeHead(404).end('not found');
    else handler(request, response);
  };
  const server: Server =
    tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${String(port)}`;
  const origin = `${tls === undefined ? 'http' : 'https'}://${host}`;
  return {
    at: (path, handler) => {
      handlers.set(path, handler);
    },
    url: (path) => `${origin}${path}`,
    host,
    origin,
    requests,
    paths: () => requests.map(({ path }) => path).filter((path) => path !== '/robots.txt'),
    asked: (path) =>
      new Promise((ring) => {
        waiters.add({ path, ring });
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

/** Answers with a page. */
export function page(
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): RequestListener {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
  };
}

/** Answers with a status and nothing else. */
export function status(code: number, headers: Record<string, string> = {}): RequestListener {
  return (_request, response) => {
    response.writeHead(code, headers).end();
  };
}

/** Sends on to another address. */
export function sendOn(location: string, code = 302): RequestListener {
  return status(code, { location });
}

/** Answers with a page and its ETag, and 304 to whoever has it. */
export function taggedPage(body: string, etag: string): RequestListener {
  return (request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { 'content-type': 'text/html', etag }).end(body);
  };
}

/** Takes the request and never answers. */
export const silence: RequestListener = () => undefined;

function trickle(response: ServerResponse, everyMs: number, text: string): void {
  const timer = setInterval(() => {
    response.socket?.write(text);
  }, everyMs);
  response.socket?.on('close', () => {
    clearInterval(timer);
  });
}

/** Sends its headers a byte at a time, without end. */
export function slowHeaders(everyMs: number): RequestListener {
  return (_request, response) => {
    response.socket?.write('HTTP/1.1 200 OK\r\nx-slow: ');
    trickle(response, everyMs, 'a');
  };
}

/** Sends its body a byte at a time, without end. */
export function slowBody(everyMs: number): RequestListener {
  return (_request, response) => {
    response.socket?.write(
      'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n',
    );
    trickle(response, everyMs, 'a');
  };
}

/** Sends the beginning of a page and then nothing more. */
export function stalledBody(): RequestListener {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).write('<p>so far');
  };
}

/** Sends a body as fast as it is taken, without end and without a length. */
export function endlessBody(): RequestListener {
  const piece = Buffer.alloc(65_536, 'a');
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', more);
    more();
  };
}

/** Breaks the connection off in the middle of a page. */
export function brokenBody(): RequestListener {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000' }).write('<p>');
    response.socket?.destroySoon();
  };
}
