import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import type { Result } from '../../contract/result.ts';
import type { Host } from '../../main/host/host.ts';
import type { Clock } from '../../main/clock.ts';
import { serveWeb } from '../../main/web/serve-web.ts';

/** Windows that are opened over the real loopback, as a browser's are, and closed again. */
export interface Windows {
  /** Opens a window: it subscribes, then asks for its snapshot. */
  open(): Promise<void>;
  /** Closes all that are open. */
  closeAll(): Promise<void>;
  /** How many were opened so far. */
  opened(): number;
  stop(): Promise<void>;
}

/** Serves a host's calls and events, with no window open. */
export async function serveWindows(host: Host, clock: Clock): Promise<Windows> {
  const { calls, changes } = host;
  const server = await serveWeb({ calls, changes, clock, rendererFolder: null });
  const sockets = new Set<WebSocket>();
  let opened = 0;

  const fetchSnapshot = async (): Promise<void> => {
    const asked = request(`${server.url}api/getSnapshot`, {
      method: 'POST',
      agent: false,
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    });
    asked.end('{}');
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const result = (await json(response)) as Result<unknown>;
    if (!result.ok) throw new Error(`A window got no snapshot: ${result.message}`);
  };

  const closeAll = async (): Promise<void> => {
    for (const socket of sockets) {
      if (socket.readyState !== WebSocket.CLOSED) {
        const closed = once(socket, 'close');
        socket.close();
        await closed;
      }
      sockets.delete(socket);
    }
  };

  return {
    open: async () => {
      const address = `${server.url.replace('http:', 'ws:')}events`;
      const socket = new WebSocket(address, ['jackdaw', `token.${server.token}`]);
      await once(socket, 'open');
      sockets.add(socket);
      opened += 1;
      await fetchSnapshot();
    },
    closeAll,
    opened: () => opened,
    stop: async () => {
      await closeAll();
      await server.stop();
    },
  };
}
