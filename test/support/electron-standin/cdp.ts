import { EventEmitter } from 'node:events';

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly sessionId?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** One target of the browser, or the browser itself; emits the protocol's events by their names. */
export interface CdpSession extends EventEmitter {
  send<Answer = unknown>(method: string, params?: object): Promise<Answer>;
}

/** The browser's own session, from which targets are attached. */
export interface CdpBrowser extends CdpSession {
  attach(targetId: string): Promise<CdpSession>;
}

interface Pending {
  readonly method: string;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Speaks the Chrome DevTools Protocol with the browser behind this WebSocket address. */
export async function connect(url: string): Promise<CdpBrowser> {
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => {
      resolve();
    };
    socket.onerror = () => {
      reject(new Error('Chromium does not answer on its DevTools address.'));
    };
  });
  const pending = new Map<number, Pending>();
  const sessions = new Map<string | undefined, CdpSession>();
  let lastId = 0;

  const open = (sessionId?: string): CdpSession => {
    const send = (method: string, params: object = {}): Promise<unknown> =>
      new Promise((resolve, reject) => {
        lastId += 1;
        pending.set(lastId, { method, resolve, reject });
        socket.send(JSON.stringify({ id: lastId, method, params, sessionId }));
      });
    const session = Object.assign(new EventEmitter(), { send }) as CdpSession;
    sessions.set(sessionId, session);
    return session;
  };

  socket.onmessage = ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply;
    if (reply.id === undefined) {
      sessions.get(reply.sessionId)?.emit(reply.method ?? '', reply.params);
      return;
    }
    const call = pending.get(reply.id);
    pending.delete(reply.id);
    if (reply.error) call?.reject(new Error(`${call.method}: ${reply.error.message}`));
    else call?.resolve(reply.result);
  };

  const root = open();
  return Object.assign(root, {
    attach: async (targetId: string) => {
      const { sessionId } = await root.send<{ sessionId: string }>('Target.attachToTarget', {
        targetId,
        flatten: true,
      });
      return open(sessionId);
    },
  });
}
