import { request } from 'node:http';
import { once } from 'node:events';
import { WebSocket, type RawData } from 'ws';
import type { CallOutput, EventEnvelope } from '../../contract/calls.ts';
import type { CallName } from '../../contract/names.ts';
import { RefusedError, type Result } from '../../contract/result.ts';
import type { HostFile } from '../web/host-file.ts';
import type { Door } from './command.ts';
import { valueOf } from './value-of.ts';

const answerMs = 60_000;
const signOfLifeMs = 5_000;

interface Reply {
  readonly status: number;
  readonly body: string;
}

function send(
  host: HostFile,
  method: 'HEAD' | 'POST',
  path: string,
  limitMs: number,
  body = '',
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: host.port,
        method,
        path,
        agent: false,
        timeout: limitMs,
        headers: {
          authorization: `Bearer ${host.token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
          });
        });
      },
    );
    asked.on('timeout', () =>
      asked.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function noAnswer(host: HostFile): RefusedError {
  return new RefusedError(
    'busy',
    `The ${host.host} host (process ${String(host.pid)}) doesn't answer; try again, or end it and start it anew.`,
  );
}

/**
 * Whether a host answers at its port. A refused connection means that it has gone.
 *
 * @throws RefusedError `busy` where it is there and says nothing for 5 s.
 */
export async function answers(host: HostFile): Promise<boolean> {
  try {
    await send(host, 'HEAD', '/', signOfLifeMs);
    return true;
  } catch (error) {
    if (isCode(error, 'ETIMEDOUT')) throw noAnswer(host);
    return false;
  }
}

async function call<Name extends CallName>(
  host: HostFile,
  name: Name,
  input: unknown,
): Promise<CallOutput<Name>> {
  let reply: Reply;
  try {
    reply = await send(host, 'POST', `/api/${name}`, answerMs, JSON.stringify(input));
  } catch (error) {
    if (isCode(error, 'ETIMEDOUT')) throw noAnswer(host);
    throw new RefusedError('busy', 'The host ended while it was asked; try again.');
  }
  try {
    return valueOf(JSON.parse(reply.body) as Result<CallOutput<Name>>);
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    throw new RefusedError(
      'internal',
      `What answers at port ${String(host.port)} is not Jackdaw; end the host and start it anew.`,
    );
  }
}

async function subscribe(
  host: HostFile,
  onEvent: (event: EventEnvelope) => void,
  onLost: () => void,
): Promise<() => void> {
  const socket = new WebSocket(
    `ws://127.0.0.1:${String(host.port)}/events`,
    ['jackdaw', `token.${host.token}`],
    { handshakeTimeout: signOfLifeMs },
  );
  try {
    await once(socket, 'open');
  } catch {
    throw new RefusedError('busy', 'The host ended while it was asked; try again.');
  }
  socket.on('message', (data: RawData) => {
    onEvent(JSON.parse((data as Buffer).toString('utf8')) as EventEnvelope);
  });
  socket.on('error', () => undefined);
  socket.on('close', onLost);
  return () => {
    socket.off('close', onLost);
    socket.terminate();
  };
}

/** The door to a living host: its loopback calls, and its WebSocket for events. */
export function hostDoor(host: HostFile): Door {
  return {
    host,
    call: (name, input) => call(host, name, input),
    subscribe: (onEvent, onLost) => subscribe(host, onEvent, onLost),
    close: () => Promise.resolve(),
  };
}
