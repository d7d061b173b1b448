import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { EventEnvelope } from '../../../contract/calls.ts';
import { RefusedError } from '../../../contract/result.ts';
import type { Calls } from '../../../main/calls/calls.ts';
import { createChanges, type Changes } from '../../../main/changes.ts';
import { serveWeb, type WebServer } from '../../../main/web/serve-web.ts';
import { settle, virtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly host?: string;
}

let folder: string;
let clock: VirtualClock;
let changes: Changes;
let invoked: { readonly name: string; readonly input: unknown }[];
let server: WebServer;

/** Calls that remember what reached them. */
function rememberingCalls(): Calls {
  return {
    invoke: (name, input) => {
      invoked.push({ name, input });
      return Promise.resolve({ ok: true, value: { name, input } });
    },
    call: () => Promise.reject(new Error('HTTP uses invoke')),
  };
}

function ask(asked: Asked = {}, port = server.port): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: asked.host ?? '127.0.0.1',
        port,
        method: asked.method ?? 'GET',
        path: asked.path ?? '/',
        headers: asked.headers ?? {},
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          });
        });
      },
    );
    request.on('error', reject);
    request.end(asked.body);
  });
}

/** A call as the window makes it, with some headers or the body changed. */
function call(
  name: string,
  headers: Readonly<Record<string, string>> = {},
  body: string | Buffer = '{}',
) {
  return ask({
    method: 'POST',
    path: `/api/${name}`,
    headers: {
      authorization: `Bearer ${server.token}`,
      'content-type': 'application/json',
      ...headers,
    },
    body,
  });
}

function socket(
  protocols: readonly string[],
  options: { readonly path?: string; readonly headers?: Record<string, string> } = {},
) {
  return new WebSocket(
    `ws://127.0.0.1:${String(server.port)}${options.path ?? '/events'}`,
    [...protocols],
    {
      headers: options.headers ?? {},
    },
  );
}

async function refusalStatus(client: WebSocket): Promise<number> {
  client.on('error', () => undefined);
  const [, response] = (await once(client, 'unexpected-response')) as [
    unknown,
    { statusCode: number },
  ];
  return response.statusCode;
}

const hoursEvent = [{ profile: { id: 'office', name: 'Office' }, usedBy: [] }];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jackdaw-web-'));
  const renderer = join(folder, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(
    join(renderer, 'index.html'),
    '<!doctype html><html><head><meta property="csp-nonce" content=""><title>Jackdaw</title></head></html>',
  );
  writeFileSync(join(renderer, 'assets', 'index-a1B2.js'), 'export {};');
  writeFileSync(join(folder, 'secret.json'), '{"secret":true}');
  symlinkSync(join(folder, 'secret.json'), join(renderer, 'link.json'));
  clock = virtualClock('2026-11-21T07:00:00Z');
  changes = createChanges('2026-11-21T07:00:00Z-1');
  invoked = [];
  server = await serveWeb({ calls: rememberingCalls(), changes, clock, rendererFolder: renderer });
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

describe('web/serve-web: calls', () => {
  it('answers a call with its result object', async () => {
    const answered = await call('setEnabled', {}, '{"id":"posts","enabled":false}');
    expect([answered.status, JSON.parse(answered.body)]).toEqual([
      200,
      { ok: true, value: { name: 'setEnabled', input: { id: 'posts', enabled: false } } },
    ]);
    expect(answered.headers['access-control-allow-origin']).toBeUndefined();
    expect(answered.headers['x-content-type-options']).toBe('nosniff');
    expect(answered.headers['cache-control']).toBe('no-store');
  });

  it('takes its own page as the origin, by each of its names', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      const own = `${name}:${String(server.port)}`;
      expect((await call('getStatus', { host: own, origin: `http://${own}` })).status).toBe(200);
    }
  });

  it.each([
    ['a name that resolves here', { host: 'evil.com' }],
    ['a name with our port', { host: '127.0.0.1.nip.io:PORT' }],
    ['another port', { host: '127.0.0.1:1' }],
    ['no port', { host: '127.0.0.1' }],
    ['a page of another site', { origin: 'https://evil.com' }],
    ['a page of another port', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed page', { origin: 'null' }],
    ['https under our name', { origin: 'https://127.0.0.1:PORT' }],
  ])('refuses %s with 403, whatever token it shows', async (_, headers) => {
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        value.replace('PORT', String(server.port)),
      ]),
    );
    expect((await call('deleteSchedule', filled)).status).toBe(403);
    expect((await ask({ headers: filled })).status).toBe(403);
    expect(invoked).toEqual([]);
  });

  it('refuses a missing and a wrong token with 401, and a token in the query', async () => {
    const wrong = `${server.token.slice(0, -1)}${server.token.endsWith('A') ? 'B' : 'A'}`;
    const statuses = [
      await call('getStatus', { authorization: '' }),
      await call('getStatus', { authorization: `Bearer ${wrong}` }),
      await call('getStatus', { authorization: `Basic ${server.token}` }),
      await call('getStatus', { authorization: '', cookie: `token=${server.token}` }),
      await call(`getStatus?token=${server.token}`, { authorization: '' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
    expect(invoked).toEqual([]);
  });

  it('knows only calls, by POST: all else is 404', async () => {
    const headers = { authorization: `Bearer ${server.token}` };
    expect((await call('noSuchCall')).status).toBe(404);
    expect((await call('toString')).status).toBe(404);
    expect((await ask({ path: '/api/getStatus', headers })).status).toBe(404);
    expect((await ask({ method: 'OPTIONS', path: '/api/getStatus', headers })).status).toBe(404);
    expect((await ask({ method: 'POST', path: '/', headers })).status).toBe(404);
    expect(invoked).toEqual([]);
  });

  it('takes JSON only, so that no form of another page can post: all else is 415', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      '',
    ])
      expect((await call('getStatus', { 'content-type': type })).status).toBe(415);
    expect(
      (await call('getStatus', { 'content-type': 'application/json; charset=utf-8' })).status,
    ).toBe(200);
    expect(invoked.length).toBe(1);
  });

  it('refuses a body over 8 MB with 413, announced or not', async () => {
    const large = Buffer.alloc(8_000_001, ' ');
    expect((await call('getStatus', {}, large)).status).toBe(413);
    const chunked = await call('getStatus', { 'transfer-encoding': 'chunked' }, large);
    expect(chunked.status).toBe(413);
    expect((await call('getStatus', { 'content-length': '99999999' }, '')).status).toBe(413);
    expect(invoked).toEqual([]);
  });

  it('says in one sentence that a body is not JSON', async () => {
    const answered = await call('getStatus', {}, '{"a":');
    expect([answered.status, JSON.parse(answered.body)]).toEqual([
      200,
      { ok: false, code: 'invalid', message: 'The request is not JSON; send one JSON value.' },
    ]);
  });

  it('makes the sixth guess wait, and never the right token', async () => {
    const guess = () => call('getStatus', { authorization: 'Bearer wrong' });
    for (let count = 0; count < 5; count += 1) expect((await guess()).status).toBe(401);
    let answered = false;
    const sixth = guess().then((answer) => {
      answered = true;
      return answer;
    });
    expect((await call('getStatus', {})).status).toBe(200);
    await settle(20);
    expect(answered).toBe(false);
    await clock.advance(5_000);
    expect((await sixth).status).toBe(401);
  });

  it('lets nobody in by guessing ten thousand times', async () => {
    const guesses = Array.from({ length: 10_000 }, (_, index) => `Bearer guess-${String(index)}`);
    const statuses = new Set<number | string>();
    while (guesses.length > 0) {
      const wave = guesses.splice(0, 100).map((authorization) =>
        call('getStatus', { authorization }).then(
          ({ status }) => status,
          () => 'cut off',
        ),
      );
      const done = Promise.all(wave);
      await clock.advance(6_000);
      // Refusals that reach the server only now wait for the clock again.
      const state = { open: true };
      void done.then(() => (state.open = false));
      while (state.open) await clock.advance(6_000);
      for (const status of await done) statuses.add(status);
    }
    expect([...statuses].every((status) => status === 401 || status === 'cut off')).toBe(true);
    expect(invoked).toEqual([]);
  });
});

describe('web/serve-web: the window', () => {
  it('serves the page with a new nonce each time, in the header and where React Aria looks', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const { status, headers, body } = await ask();
        const nonce =
          /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? 'none';
        expect(status).toBe(200);
        expect(body).toContain(`<meta property="csp-nonce" content="${nonce}" nonce="${nonce}">`);
        expect(headers['content-security-policy']).toBe(
          `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws://127.0.0.1:${String(server.port)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
        );
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  it('serves the built files by their types', async () => {
    const { status, headers, body } = await ask({ path: '/assets/index-a1B2.js' });
    expect([status, headers['content-type'], body]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'export {};',
    ]);
    expect((await ask({ method: 'HEAD' })).status).toBe(200);
  });

  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/../../secret.json',
    '/..\\secret.json',
    '//secret.json',
    '/link.json',
    '/assets',
    '/assets/',
    '/.env',
    '/index.html%00.js',
    '/C:/secret.json',
    'http://evil.com/secret.json',
  ])('has no file %s', async (path) => {
    expect((await ask({ path })).status).toBe(404);
  });

  it('gives a link with the token in the fragment, on the loopback and nowhere else', async () => {
    expect(server.link).toBe(`http://127.0.0.1:${String(server.port)}/#token=${server.token}`);
    expect(Buffer.from(server.token, 'base64url').length).toBe(32);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outside)
      await expect(ask({ host: address }, server.port)).rejects.toThrow();
  });
});

describe('web/serve-web: events', () => {
  it('pushes each change to whoever showed the token, and does not send the token back', async () => {
    const client = socket(['jackdaw', `token.${server.token}`]);
    await once(client, 'open');
    expect(client.protocol).toBe('jackdaw');
    const heard = once(client, 'message');
    changes.publish('hours', hoursEvent);
    const [data] = (await heard) as [Buffer];
    const event: EventEnvelope = {
      revision: { start: '2026-11-21T07:00:00Z-1', sequence: 1 },
      previous: 0,
      name: 'hours',
      value: hoursEvent,
    };
    expect(JSON.parse(data.toString('utf8'))).toEqual(event);
    client.terminate();
  });

  it('refuses wrong tokens, other origins and other paths', async () => {
    const right = ['jackdaw', `token.${server.token}`];
    expect(await refusalStatus(socket(['jackdaw', 'token.wrong']))).toBe(401);
    expect(await refusalStatus(socket(['jackdaw']))).toBe(401);
    expect(await refusalStatus(socket([`token.${server.token}`]))).toBe(401);
    expect(await refusalStatus(socket([], { path: `/events?token=${server.token}` }))).toBe(401);
    expect(await refusalStatus(socket(right, { headers: { origin: 'https://evil.com' } }))).toBe(
      403,
    );
    expect(await refusalStatus(socket(right, { headers: { origin: 'null' } }))).toBe(403);
    expect(await refusalStatus(socket(right, { headers: { host: 'evil.com' } }))).toBe(403);
    expect(await refusalStatus(socket(right, { path: '/other' }))).toBe(404);
  });

  it('lets go of a client that answers no ping', async () => {
    const client = socket(['jackdaw', `token.${server.token}`], {});
    client.pong = () => undefined;
    await once(client, 'open');
    const closed = once(client, 'close');
    await clock.advance(61_000);
    const [code] = (await closed) as [number];
    expect(code).toBe(1006);
  });

  it('lets go of a client that sends more than a word', async () => {
    const client = socket(['jackdaw', `token.${server.token}`]);
    await once(client, 'open');
    const closed = once(client, 'close');
    client.send('x'.repeat(2000));
    const [code] = (await closed) as [number];
    expect(code).toBe(1009);
  });
});

describe('web/serve-web: its life', () => {
  it('says in one sentence that a port is in use', async () => {
    const refused = await serveWeb({
      calls: rememberingCalls(),
      changes,
      clock,
      rendererFolder: null,
      port: server.port,
    }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RefusedError);
    expect(refused).toMatchObject({
      code: 'conflict',
      message: `Port ${String(server.port)} is in use by another program; choose another port, or none to get a free one.`,
    });
  });

  it('serves calls without a window where none is built', async () => {
    const bare = await serveWeb({
      calls: rememberingCalls(),
      changes,
      clock,
      rendererFolder: null,
    });
    const page = await ask({}, bare.port);
    expect([page.status, page.body]).toEqual([
      404,
      '{"ok":false,"code":"not-found","message":"The window is not built here; run npm run build."}',
    ]);
    await bare.stop();
  });

  it('closes its clients and frees its port when it stops, a stalled request notwithstanding', async () => {
    const own = await serveWeb({ calls: rememberingCalls(), changes, clock, rendererFolder: null });
    const client = new WebSocket(`ws://127.0.0.1:${String(own.port)}/events`, [
      'jackdaw',
      `token.${own.token}`,
    ]);
    await once(client, 'open');
    const stalled = connect(own.port, '127.0.0.1');
    stalled.on('error', () => undefined);
    await once(stalled, 'connect');
    stalled.write('POST /api/getStatus HTTP/1.1\r\n');
    const closed = once(client, 'close');
    const stopped = own.stop();
    const [code] = (await closed) as [number];
    expect(code).toBe(1001);
    await clock.advance(2_000);
    await stopped;
    await expect(ask({}, own.port)).rejects.toThrow('ECONNREFUSED');
    stalled.destroy();
  });
});
