import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventEnvelope } from '../../../../contract/calls.ts';
import type { Bridge, Connection } from '../../../../renderer/bridge/connection.ts';
import { createHttpClient } from '../../../../renderer/bridge/http-client.ts';

/** A socket in the test's hand. */
class FakeSocket {
  static opened: FakeSocket[] = [];
  readonly url: string;
  readonly protocols: readonly string[];
  onopen: () => void = () => undefined;
  onmessage: (event: { readonly data: string }) => void = () => undefined;
  onclose: () => void = () => undefined;
  isClosed = false;

  constructor(url: string, protocols: readonly string[]) {
    this.url = url;
    this.protocols = protocols;
    FakeSocket.opened.push(this);
  }

  close(): void {
    this.isClosed = true;
  }
}

/** What the fake host answers to HTTP; null: nobody listens. */
let answer: { readonly status: number; readonly body: string } | null = null;
const asked: { readonly url: string; readonly init: RequestInit }[] = [];
const event: EventEnvelope = {
  revision: { start: 'first', sequence: 5 },
  previous: 4,
  name: 'scheduleRemoved',
  value: { id: 'birch' },
};

beforeEach(() => {
  FakeSocket.opened = [];
  asked.length = 0;
  answer = { status: 200, body: '{"ok":true,"value":[]}' };
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    if (answer === null) throw new TypeError('Failed to fetch');
    return new Response(answer.body, { status: answer.status });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function aClient(): Bridge {
  return createHttpClient({ origin: 'http://127.0.0.1:4711', token: 'secret' });
}

function socket(index: number): FakeSocket {
  const one = FakeSocket.opened[index];
  if (one === undefined) throw new Error(`socket ${String(index)} was never opened`);
  return one;
}

describe('renderer/bridge/http-client', () => {
  it('posts a call with the token in the header, and answers the result as it is', async () => {
    answer = { status: 200, body: '{"ok":false,"code":"conflict","message":"It runs already."}' };
    const result = await aClient().client.call('startRun', { id: 'birch' });
    expect(result).toEqual({ ok: false, code: 'conflict', message: 'It runs already.' });
    expect(asked[0]?.url).toBe('http://127.0.0.1:4711/api/startRun');
    expect(asked[0]?.init).toMatchObject({
      method: 'POST',
      headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
      body: '{"id":"birch"}',
      credentials: 'omit',
    });
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'not-found'],
    [413, 'too-large'],
    [415, 'unsupported'],
    [500, 'internal'],
  ])('turns HTTP %i into the refusal %s', async (status, code) => {
    answer = { status, body: 'nothing to read' };
    expect(await aClient().client.call('listSchedules', {})).toMatchObject({ ok: false, code });
  });

  it('refuses in words when nobody answers', async () => {
    answer = null;
    expect(await aClient().client.call('listSchedules', {})).toEqual({
      ok: false,
      code: 'internal',
      message: 'Jackdaw doesn’t answer. If it was quit, start it again.',
    });
  });

  it('shows the token to the socket as a subprotocol, and hands events on', () => {
    const heard: EventEnvelope[] = [];
    aClient().client.subscribe((one) => heard.push(one));
    expect(socket(0).url).toBe('ws://127.0.0.1:4711/events');
    expect(socket(0).protocols).toEqual(['jackdaw', 'token.secret']);
    socket(0).onmessage({ data: JSON.stringify(event) });
    expect(heard).toEqual([event]);
  });

  it('says so when the stream breaks, opens it again ever more slowly, and tells when it stands', async () => {
    const bridge = aClient();
    const states: Connection[] = [];
    let stands = 0;
    bridge.watch((state) => states.push(state));
    bridge.client.subscribe(
      () => undefined,
      () => (stands += 1),
    );
    socket(0).onopen();
    expect(stands).toBe(1);

    answer = null;
    socket(0).onclose();
    const opensAfterMs = async (waitMs: number): Promise<void> => {
      const before = FakeSocket.opened.length;
      await vi.advanceTimersByTimeAsync(waitMs - 1);
      expect(FakeSocket.opened).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(FakeSocket.opened).toHaveLength(before + 1);
    };
    for (const waitMs of [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]) {
      await opensAfterMs(waitMs);
      FakeSocket.opened.at(-1)?.onclose();
    }
    await opensAfterMs(5_000);
    FakeSocket.opened.at(-1)?.onopen();
    expect(stands).toBe(2);
    expect(states).toEqual(['connecting', 'connected', 'lost', 'connected']);
  });

  it('stops trying when another host answers that the token is no longer good', async () => {
    const bridge = aClient();
    const states: Connection[] = [];
    bridge.watch((state) => states.push(state));
    bridge.client.subscribe(() => undefined);
    socket(0).onopen();
    socket(0).onclose();
    await vi.advanceTimersByTimeAsync(250);
    answer = { status: 401, body: '' };
    socket(1).onclose();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states).toEqual(['connecting', 'connected', 'lost', 'refused']);
    expect(FakeSocket.opened).toHaveLength(2);
  });

  it('closes the socket with the subscription, and opens none after', async () => {
    const end = aClient().client.subscribe(() => undefined);
    socket(0).onopen();
    end();
    expect(socket(0).isClosed).toBe(true);
    socket(0).onclose();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.opened).toHaveLength(1);
  });
});
