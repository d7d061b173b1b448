import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { passing } from './until.ts';

/** A small site on the loopback that is quick, slow, or fails now and then. */
export interface ChaosSite {
  readonly url: string;
  /** How often each path was asked for. */
  readonly asked: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

const body = '<article><h2>Nests</h2></article><article><h2>Nuts</h2></article>';

/** Serves `/quick`, `/slow` (400 ms) and `/flaky`, which fails two times of three. */
export async function chaosSite(): Promise<ChaosSite> {
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const count = (asked.get(url) ?? 0) + 1;
    asked.set(url, count);
    const answer = (): void => {
      if (url === '/robots.txt') response.writeHead(404).end();
      else if (url.startsWith('/flaky') && count % 3 !== 0) response.writeHead(503).end();
      else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
    };
    if (url.startsWith('/slow')) void passing(400).then(answer);
    else answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
