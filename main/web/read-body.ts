import type { IncomingMessage } from 'node:http';

/** The most bytes a request's body may have: a schedule file of 1 MB, escaped as JSON. */
export const bodyMaxBytes = 8_000_000;

/**
 * The body of a request, or `too-large` as soon as that is known: by its Content-Length, or while it
 * comes in.
 *
 * @throws Error when the client goes away.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer | 'too-large'> {
  if (Number(request.headers['content-length'] ?? 0) > bodyMaxBytes) return 'too-large';
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyMaxBytes) return 'too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
