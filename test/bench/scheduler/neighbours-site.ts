/** A shop on the loopback, in a process of its own: pages of 30 kB, each leading to the next, and one that never answers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';

const article = (index: number): string =>
  `<article><h2>Thing ${String(index)}</h2><p>${'It is well made, and of good use. '.repeat(15)}</p><span class="price">${String(index)}.50</span></article>`;
const articles = Array.from({ length: 50 }, (_, index) => article(index)).join('\n');

const server = createServer((request, response) => {
  const path = request.url ?? '/';
  if (path === '/hung') return;
  const match = /^\/crawl\/(\d+)\/(\d+)$/.exec(path);
  if (match === null) {
    response.writeHead(404).end();
    return;
  }
  const next = `/crawl/${match[1] ?? ''}/${String(Number(match[2]) + 1)}`;
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(`<!doctype html><title>Shop</title>${articles}<a rel="next" href="${next}">More</a>`);
});
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.once('disconnect', () => process.exit(0));
