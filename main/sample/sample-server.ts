import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import { sampleAnswer } from './sample-site.ts';

/** The port the sample site has wherever it is free, so that its address stays the same. */
export const samplePort = 47_613;

const minuteMs = 60_000;

/**
 * The sample site, to be served while the sample's schedules exist: the app opens it when it starts
 * and finds them, and when they are added; their `url` follows the address it answers.
 */
export interface SampleServer {
  /** Listens, once, and answers the site's address; further calls answer the same. */
  open(): Promise<string>;
  /** Stops listening and closes every connection; harmless where nothing was started. */
  stop(): Promise<void>;
}

function answerAt(clock: Clock): RequestListener {
  return (request, response) => {
    const minute = Math.floor(clock.now() / minuteMs);
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const etag = `"${String(minute)}"`;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const { status, mediaType, body } = sampleAnswer(path, minute);
    if (status === 200 && request.headers['if-none-match'] === etag) {
      response.writeHead(304, { etag }).end();
      return;
    }
    response.writeHead(status, {
      'content-type': mediaType,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-cache',
      ...(status === 200 ? { etag } : {}),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

function listen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const failed = (): void => {
      resolve(false);
    };
    server.once('error', failed);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}

/**
 * The sample site on the loopback of this computer.
 *
 * @param preferredPort Taken where it is free, else any other.
 */
export function createSampleServer(clock: Clock, preferredPort = samplePort): SampleServer {
  let server: Server | null = null;
  let address: Promise<string> | null = null;

  const begin = async (): Promise<string> => {
    const made = createServer(answerAt(clock));
    made.maxConnections = 64;
    if (!(await listen(made, preferredPort)) && !(await listen(made, 0)))
      throw new Error('the sample site found no free port on 127.0.0.1');
    // Nothing waits for the sample: it never keeps a process alive.
    made.unref();
    server = made;
    return `http://127.0.0.1:${String((made.address() as AddressInfo).port)}/`;
  };

  return {
    open: () => (address ??= begin()),
    stop: async () => {
      await address?.catch(() => null);
      const stopping = server;
      server = null;
      address = null;
      if (stopping === null) return;
      await new Promise<void>((resolve) => {
        stopping.close(() => {
          resolve();
        });
        stopping.closeAllConnections();
      });
    },
  };
}
