import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small blog on the loopback. */
export interface BlogSite {
  /** The address of its first page. */
  readonly url: string;
  /** Resolves once `/slow` has been asked for; it never answers. */
  readonly slowAsked: Promise<void>;
  readonly stop: () => Promise<void>;
}

const posts = ['Nests', 'Nuts', 'Silver'];

function page(): string {
  const articles = posts.map(
    (title) => `<article><h2>${title}</h2><a href="/${title.toLowerCase()}">more</a></article>`,
  );
  return `<!doctype html><title>Blog</title>${articles.join('')}`;
}

/** Serves three posts, each an `article` with an `h2` and a link; everything else is not found. */
export async function blogSite(): Promise<BlogSite> {
  const slow = Promise.withResolvers<undefined>();
  const held = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (request.url === '/slow') {
      held.add(response);
      slow.resolve(undefined);
    } else if (request.url === '/')
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page());
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    slowAsked: slow.promise,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
