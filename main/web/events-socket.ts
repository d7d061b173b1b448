import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Changes } from '../changes.ts';
import type { Clock, Timer } from '../clock.ts';
import { isOwnRequest, isSameToken, subprotocolToken, type LockOut } from './guard.ts';

/** How much may wait for a client that reads slowly; then it is let go, comes back and starts afresh. */
const mostWaitingBytes = 8_000_000;
const heartbeatMs = 30_000;

/** What the events' socket needs to know of its server. */
export interface EventsOptions {
  readonly changes: Changes;
  readonly clock: Clock;
  readonly token: string;
  readonly hosts: ReadonlySet<string>;
  readonly lockOut: LockOut;
}

/** The WebSocket at `/events`: pushes every change to whoever showed the token. */
export interface EventsSocket {
  /** Takes or refuses an upgrade of one of the server's connections. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes every connection. */
  stop(): void;
}

const statusTexts = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' } as const;

function refuse(socket: Duplex, status: keyof typeof statusTexts): void {
  socket.end(
    `HTTP/1.1 ${String(status)} ${statusTexts[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

/** Lets go of clients that answered no ping since the last beat. */
function startHeartbeat(
  clock: Clock,
  clients: ReadonlySet<WebSocket>,
): { readonly heard: (client: WebSocket) => void; readonly stop: () => void } {
  const silent = new WeakSet<WebSocket>();
  let timer: Timer;
  const beat = (): void => {
    for (const client of clients) {
      if (silent.has(client)) {
        client.terminate();
        continue;
      }
      silent.add(client);
      client.ping();
    }
    timer = clock.after(heartbeatMs, beat);
  };
  timer = clock.after(heartbeatMs, beat);
  return {
    heard: (client) => {
      silent.delete(client);
    },
    stop: () => {
      timer.cancel();
    },
  };
}

/**
 * The events' WebSocket. A client offers the subprotocols `jackdaw` and `token.<token>`; the answer
 * names `jackdaw` alone, so that the token isn't sent back. Messages from clients are not read.
 */
export function createEventsSocket({
  changes,
  clock,
  token,
  hosts,
  lockOut,
}: EventsOptions): EventsSocket {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: 1024,
    perMessageDeflate: false,
    handleProtocols: () => 'jackdaw',
  });
  const heartbeat = startHeartbeat(clock, server.clients);
  const unsubscribe = changes.subscribe((event) => {
    if (server.clients.size === 0) return;
    const text = JSON.stringify(event);
    for (const client of server.clients) {
      if (client.bufferedAmount > mostWaitingBytes) client.terminate();
      else client.send(text);
    }
  });

  const accept = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    server.handleUpgrade(request, socket, head, (client) => {
      client.on('pong', () => {
        heartbeat.heard(client);
      });
      client.on('error', () => {
        client.terminate();
      });
    });
  };

  return {
    upgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      if (!isOwnRequest(request.headers, hosts)) {
        refuse(socket, 403);
        return;
      }
      if (!isSameToken(subprotocolToken(request.headers) ?? '', token)) {
        lockOut.guessed(
          () => {
            refuse(socket, 401);
          },
          () => socket.destroy(),
        );
        return;
      }
      lockOut.passed();
      if (request.url === '/events') accept(request, socket, head);
      else refuse(socket, 404);
    },
    stop: () => {
      unsubscribe();
      heartbeat.stop();
      for (const client of server.clients) client.close(1001, 'Jackdaw ends');
      server.close();
    },
  };
}
