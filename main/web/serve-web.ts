import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RefusedError } from '../../contract/result.ts';
import type { Calls } from '../calls/calls.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { createAnswer, type Answer } from './answer.ts';
import { createEventsSocket, type EventsSocket } from './events-socket.ts';
import { createLockOut, createToken, ownHosts } from './guard.ts';

/** What the loopback transport serves, and where. */
export interface WebOptions {
  readonly calls: Calls;
  readonly changes: Changes;
  readonly clock: Clock;
  /** The folder of the built window; null serves the calls and events alone. */
  readonly rendererFolder: string | null;
  /** A port from 1 to 65535; left out or 0: any free one. */
  readonly port?: number;
  /** A token to use instead of a new one. */
  readonly token?: string;
}

/** The loopback transport while it listens. */
export interface WebServer {
  /** The window's address without its token: `http://127.0.0.1:47110/`. */
  readonly url: string;
  /** The address a person opens: with the token in the fragment, which browsers send to nobody. */
  readonly link: string;
  readonly port: number;
  readonly token: string;
  /** Stops listening, lets answers under way finish for 2 s, and closes every connection. */
  stop(): Promise<void>;
}

/** How long answers under way may take once the server stops. */
const lastAnswersMs = 2_000;

function newServer(): Server {
  const server = createServer({ keepAlive: true });
  server.maxConnections = 256;
  // A client that dribbles its request in is let go (slow loris).
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 5_000;
  return server;
}

function listenFault(error: NodeJS.ErrnoException, port: number): RefusedError {
  switch (error.code) {
    case 'EADDRINUSE':
      return new RefusedError(
        'conflict',
        `Port ${String(port)} is in use by another program; choose another port, or none to get a free one.`,
      );
    case 'EACCES':
      return new RefusedError(
        'conflict',
        `Port ${String(port)} needs more rights here; choose a port above 1023.`,
      );
    default:
      return new RefusedError(
        'internal',
        `Jackdaw could not listen on 127.0.0.1:${String(port)}: ${error.message}.`,
      );
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      reject(listenFault(error, port));
    };
    server.once('error', failed);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', failed);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function attach(server: Server, answer: Answer, events: EventsSocket): void {
  server.on('request', (request, response) => void answer(request, response));
  server.on('upgrade', (request, socket, head) => {
    events.upgrade(request, socket, head);
  });
}

async function close(server: Server, clock: Clock): Promise<void> {
  await new Promise<void>((resolve) => {
    const limit = clock.after(lastAnswersMs, () => {
      server.closeAllConnections();
    });
    server.close(() => {
      limit.cancel();
      resolve();
    });
    server.closeIdleConnections();
  });
}

/**
 * Serves the calls, the events and the window on the loopback: 127.0.0.1, and ::1 at the same port
 * where the machine has it. Every request must name this server as its Host, come from its own page
 * or from none, and, for calls and events, show the token (design.md section 5).
 *
 * @throws RefusedError `conflict` where the port is taken.
 */
export async function serveWeb(options: WebOptions): Promise<WebServer> {
  const { calls, changes, clock, rendererFolder } = options;
  const token = options.token ?? createToken();
  const main = newServer();
  const port = await listen(main, '127.0.0.1', options.port ?? 0);

  const hosts = ownHosts(port);
  const lockOut = createLockOut(clock);
  const events = createEventsSocket({ changes, clock, token, hosts, lockOut });
  const answer = createAnswer({ calls, token, hosts, lockOut, rendererFolder });
  attach(main, answer, events);

  const servers = [main];
  const second = newServer();
  attach(second, answer, events);
  try {
    await listen(second, '::1', port);
    servers.push(second);
  } catch {
    // No IPv6 here, or its loopback is taken: every link names 127.0.0.1.
  }

  const url = `http://127.0.0.1:${String(port)}/`;
  return {
    url,
    link: `${url}#token=${token}`,
    port,
    token,
    stop: async () => {
      lockOut.stop();
      events.stop();
      await Promise.all(servers.map((server) => close(server, clock)));
    },
  };
}
