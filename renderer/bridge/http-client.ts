import type { CallInput, CallOutput, EventEnvelope } from '../../contract/calls.ts';
import type { CallName } from '../../contract/names.ts';
import type { ErrorCode, Refusal, Result } from '../../contract/result.ts';
import type { Bridge, Connection } from './connection.ts';
import { openEventStream } from './event-stream.ts';

/** Where the host is, and the token its link carried. */
export interface HttpClientOptions {
  /** `http://127.0.0.1:4711` */
  readonly origin: string;
  readonly token: string;
}

const transportRefusals: Readonly<
  Record<number, { readonly code: ErrorCode; readonly message: string }>
> = {
  401: {
    code: 'unauthorized',
    message: 'This link isn’t valid any more. Open the link Jackdaw showed when it started.',
  },
  403: {
    code: 'unauthorized',
    message: 'Jackdaw doesn’t answer pages from here. Open the link it showed when it started.',
  },
  404: {
    code: 'not-found',
    message: 'This host doesn’t know that call. Reload the page: Jackdaw was updated.',
  },
  413: { code: 'too-large', message: 'That is more than Jackdaw takes at once. Send less.' },
  415: { code: 'unsupported', message: 'This host speaks another language. Reload the page.' },
};

/**
 * The client over HTTP and a WebSocket: `POST /api/<call>` answers 200 with the result object, events
 * come over `/events`. The transport's own refusals and a host that doesn't answer become refusals
 * too; nothing is thrown.
 */
export function createHttpClient({ origin, token }: HttpClientOptions): Bridge {
  const watchers = new Set<(connection: Connection) => void>();
  let connection: Connection = 'connecting';
  const become = (next: Connection): void => {
    if (next === connection || connection === 'refused') return;
    connection = next;
    for (const watcher of watchers) watcher(next);
  };
  const call = async <Name extends CallName>(
    name: Name,
    input: CallInput<Name>,
  ): Promise<Result<CallOutput<Name>>> => {
    const answer = await post(`${origin}/api/${name}`, token, input);
    if (!answer.ok && answer.code === 'unauthorized') become('refused');
    return answer as Result<CallOutput<Name>>;
  };
  return {
    client: {
      call,
      subscribe: (onEvent, onReconnect) =>
        openEventStream({
          url: `${origin.replace(/^http/, 'ws')}/events`,
          protocols: ['jackdaw', `token.${token}`],
          onMessage: (text) => onEvent(JSON.parse(text) as EventEnvelope),
          onOpen: () => {
            become('connected');
            onReconnect?.();
          },
          onLost: async (wasOpen) => {
            become('lost');
            // A handshake doesn't tell a page why it failed; a call does, when the token is no longer good.
            if (!wasOpen) await call('getStatus', {});
            return connection === 'lost';
          },
        }),
    },
    watch: (listener) => {
      watchers.add(listener);
      listener(connection);
      return () => {
        watchers.delete(listener);
      };
    },
  };
}

async function post(url: string, token: string, input: unknown): Promise<Result<unknown>> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
      cache: 'no-store',
      credentials: 'omit',
    });
  } catch {
    return refusal('internal', 'Jackdaw doesn’t answer. If it was quit, start it again.');
  }
  const known = transportRefusals[response.status];
  if (known !== undefined) return refusal(known.code, known.message);
  try {
    return (await response.json()) as Result<unknown>;
  } catch {
    return refusal(
      'internal',
      `Jackdaw’s answer couldn’t be read (HTTP ${response.status}). Try again.`,
    );
  }
}

function refusal(code: ErrorCode, message: string): Refusal {
  return { ok: false, code, message };
}
