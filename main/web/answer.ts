import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './read-body.ts';
import { createNonce, contentSecurityPolicy, safeHeaders, withNonce } from './page-policy.ts';
import { bearerToken, isOwnRequest, isSameToken, type LockOut } from './guard.ts';
import { staticFile } from './static-files.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import { isCallName, type Calls } from '../calls/calls.ts';

/** How many calls over HTTP may be under way at once. */
const mostUnderWay = 100;

/** What the routes need to know of their server. */
export interface Routes {
  readonly calls: Calls;
  readonly token: string;
  readonly hosts: ReadonlySet<string>;
  readonly lockOut: LockOut;
  readonly rendererFolder: string | null;
}

/** Answers one HTTP request. Never rejects. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function send(
  response: ServerResponse,
  status: number,
  mediaType: string,
  body: string | Buffer,
): void {
  response.writeHead(status, {
    ...safeHeaders,
    'cache-control': 'no-store',
    'content-type': mediaType,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** A refusal by the transport itself: a status, and the same words as any other refusal. */
function refuse(
  response: ServerResponse,
  status: number,
  code: Refusal['code'],
  message: string,
): void {
  const refusal: Refusal = { ok: false, code, message };
  response.setHeader('connection', 'close');
  send(response, status, 'application/json', JSON.stringify(refusal));
}

function parsed(body: Buffer): { readonly value: unknown } | null {
  if (body.length === 0) return { value: {} };
  try {
    return { value: JSON.parse(body.toString('utf8')) as unknown };
  } catch {
    return null;
  }
}

async function invoke(calls: Calls, name: string, body: Buffer): Promise<Result<unknown>> {
  const input = parsed(body);
  if (input === null)
    return { ok: false, code: 'invalid', message: 'The request is not JSON; send one JSON value.' };
  try {
    return await calls.invoke(name, input.value);
  } catch {
    return { ok: false, code: 'internal', message: 'The call failed; the log file says why.' };
  }
}

function callRoute({
  calls,
  token,
  lockOut,
}: Routes): (...args: readonly [...Parameters<Answer>, string]) => Promise<void> {
  let underWay = 0;
  return async (request, response, name) => {
    if (!isSameToken(bearerToken(request.headers) ?? '', token)) {
      lockOut.guessed(
        () => {
          refuse(
            response,
            401,
            'unauthorized',
            'The token is missing or wrong; use the link the host prints.',
          );
        },
        () => request.socket.destroy(),
      );
      return;
    }
    lockOut.passed();
    if (request.method !== 'POST' || !isCallName(name)) {
      refuse(
        response,
        404,
        'not-found',
        'There is no such call; POST to /api/ and the name of a call.',
      );
      return;
    }
    if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
      refuse(response, 415, 'unsupported', 'Send the input as application/json.');
      return;
    }
    const body = await readBody(request);
    if (body === 'too-large') {
      refuse(response, 413, 'too-large', 'The request is over 8 MB; send less.');
      return;
    }
    if (underWay >= mostUnderWay) {
      const busy: Refusal = {
        ok: false,
        code: 'busy',
        message: 'Too many calls are under way; try again in a moment.',
      };
      send(response, 200, 'application/json', JSON.stringify(busy));
      return;
    }
    underWay += 1;
    try {
      send(response, 200, 'application/json', JSON.stringify(await invoke(calls, name, body)));
    } finally {
      underWay -= 1;
    }
  };
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string | null,
  path: string,
): Promise<void> {
  const file = folder === null ? null : await staticFile(folder, path);
  if (file === null || (request.method !== 'GET' && request.method !== 'HEAD')) {
    refuse(
      response,
      404,
      'not-found',
      path === '/' ? 'The window is not built here; run npm run build.' : 'There is no such page.',
    );
    return;
  }
  const nonce = createNonce();
  const body = file.page ? Buffer.from(withNonce(file.body.toString('utf8'), nonce)) : file.body;
  response.writeHead(200, {
    ...safeHeaders,
    'cache-control': 'no-cache',
    'content-security-policy': contentSecurityPolicy(nonce, `ws://${request.headers.host ?? ''}`),
    'content-type': file.mediaType,
    'content-length': body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/**
 * The routes of the loopback transport: `POST /api/<call>` and the window's own files. Refuses what
 * was not meant for this server before looking at anything else (403), then a wrong token (401).
 */
export function createAnswer(routes: Routes): Answer {
  const call = callRoute(routes);
  return async (request, response) => {
    try {
      if (!isOwnRequest(request.headers, routes.hosts)) {
        refuse(response, 403, 'unauthorized', 'This address answers its own page only.');
        return;
      }
      const path = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
      if (path.startsWith('/api/')) await call(request, response, path.slice('/api/'.length));
      else await sendFile(request, response, routes.rendererFolder, path);
    } catch {
      // The client went away, or sent what HTTP doesn't allow: nobody is left to answer.
      request.socket.destroy();
    }
  };
}
