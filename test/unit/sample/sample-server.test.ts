import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSampleServer, type SampleServer } from '../../../main/sample/sample-server.ts';
import { sampleAnswer } from '../../../main/sample/sample-site.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const started: SampleServer[] = [];
const clock = virtualClock('2026-11-21T07:00:30Z');
const minute = Math.floor(Date.parse('2026-11-21T07:00:30Z') / 60_000);

function server(port = 0): SampleServer {
  const made = createSampleServer(clock, port);
  started.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop()));
});

describe('sample/sample-server', () => {
  it('serves the minute’s page, says 304 within the minute and a new page after it', async () => {
    const url = await server().open();
    const first = await fetch(url);
    const etag = first.headers.get('etag') ?? '';
    expect([first.status, await first.text()]).toEqual([200, sampleAnswer('/', minute).body]);
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);

    await clock.advance(60_000);
    const second = await fetch(url, { headers: { 'if-none-match': etag } });
    expect([second.status, await second.text()]).toEqual([200, sampleAnswer('/', minute + 1).body]);
  });

  it('opens once, however often it is asked', async () => {
    const one = server();
    const [first, second] = await Promise.all([one.open(), one.open()]);
    expect(first).toBe(second);
  });

  it('goes to another port where its own is taken', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const url = await server(port).open();
    expect(new URL(url).port).not.toBe(String(port));
    expect((await fetch(url)).status).toBe(200);
    other.close();
  });

  it('frees its port when it stops, and can open again there', async () => {
    const one = server();
    const url = await one.open();
    await one.stop();
    await expect(fetch(url)).rejects.toThrow();
    const again = server(Number(new URL(url).port));
    expect(await again.open()).toBe(url);
  });
});
