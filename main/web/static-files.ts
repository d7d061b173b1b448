import { lstat, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A file of the window, ready to be sent. */
export interface StaticFile {
  readonly body: Buffer;
  readonly mediaType: string;
  /** Whether it is the page itself, which gets a nonce. */
  readonly page: boolean;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** A name that can't leave its folder: no dot first, no separator, no drive, no stream, no escape. */
const plainName = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;

/**
 * The file of the window that a URL's path names, or null where there is none. Only plain names below
 * the folder are looked at, links are not followed, and nothing else is ever read.
 */
export async function staticFile(folder: string, urlPath: string): Promise<StaticFile | null> {
  const names = (urlPath === '/' ? '/index.html' : urlPath).split('/').slice(1);
  const name = names.at(-1) ?? '';
  const mediaType = mediaTypes[extname(name).toLowerCase()];
  if (mediaType === undefined || !names.every((one) => plainName.test(one))) return null;
  let path = folder;
  try {
    for (const one of names) {
      path = join(path, one);
      if ((await lstat(path)).isSymbolicLink()) return null;
    }
    return { body: await readFile(path), mediaType, page: extname(name) === '.html' };
  } catch {
    return null;
  }
}
