import type * as Electron from 'electron';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { only } from './typed.ts';

type Handler = Parameters<Electron.Protocol['handle']>[1];

/**
 * Plain Chromium knows no schemes of an app's own, so `app://jackdaw/x` is shown to it as
 * `http://jackdaw.app.localhost/x` (a secure context, as a `standard` and `secure` scheme is) and
 * every request there is answered by the app's handler. Main never sees the translated form.
 */
const suffix = '.localhost';
const privileged = new Set<string>();
const handlers = new Map<string, Handler>();

/** The pattern of the requests that belong to the app's own schemes. */
export const ownRequests = `http://*${suffix}/*`;

/** An address as Chromium gets it. */
export function toChromium(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)(.*)$/s.exec(url);
  if (match?.[1] === undefined || !privileged.has(match[1])) return url;
  return `http://${match[2] ?? ''}.${match[1]}${suffix}${match[3] ?? ''}`;
}

/** An address as main sees it. */
export function fromChromium(url: string): string {
  const match = /^http:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.localhost(.*)$/s.exec(url);
  if (match?.[2] === undefined || !privileged.has(match[2])) return url;
  return `${match[2]}://${match[1] ?? ''}${match[3] ?? ''}`;
}

/** The origin of an address as main sees it; URL's own gives `null` for schemes it doesn't know. */
export function originOf(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]+)/.exec(url);
  return match?.[1] ?? 'null';
}

/** Answers a request of a page for an address of the app's own; null where it isn't one. */
export async function answerOwn(
  chromiumUrl: string,
  method: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response | null> {
  const url = fromChromium(chromiumUrl);
  const handler = handlers.get(url.slice(0, url.indexOf(':')));
  if (url === chromiumUrl || handler === undefined) return null;
  return handler(new Request(url, { method, headers: { ...headers } }));
}

let isReady = false;

/** From now on it is too late to register schemes. */
export function closeRegistration(): void {
  isReady = true;
}

export const protocol = only('protocol', {
  registerSchemesAsPrivileged: (schemes) => {
    if (isReady)
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard !== true || privileges.secure !== true)
        throw new Error('The Electron stand-in serves standard, secure schemes only.');
      privileged.add(scheme);
    }
  },
  handle: (scheme, handler) => {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle: (scheme) => {
    handlers.delete(scheme);
  },
  isProtocolHandled: (scheme) => handlers.has(scheme),
} satisfies Partial<Electron.Protocol>);

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export const net = only('net', {
  isOnline: () => true,
  fetch: async (input) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol !== 'file:') return fetch(input);
    try {
      const body = new Uint8Array(await readFile(url));
      const type = mediaTypes[path.extname(url.pathname)] ?? 'application/octet-stream';
      return new Response(body, { headers: { 'content-type': type } });
    } catch {
      throw new Error('net::ERR_FILE_NOT_FOUND');
    }
  },
} satisfies Partial<Electron.Net>);
