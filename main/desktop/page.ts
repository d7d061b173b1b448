import { protocol } from 'electron';
import { contentSecurityPolicy, createNonce, safeHeaders, withNonce } from '../web/page-policy.ts';
import { staticFile } from '../web/static-files.ts';
import { ownOrigin } from './sender.ts';

/** The address of Jackdaw's page. */
export const pageUrl = `${ownOrigin}/`;

/** Registers `app:` as a scheme with an origin and a secure context. Before `ready` only. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

async function answer(url: string, rendererFolder: string): Promise<Response> {
  const { host, pathname } = new URL(url);
  const file = host === 'jackdaw' ? await staticFile(rendererFolder, pathname) : null;
  if (file === null) return new Response('There is no such page.', { status: 404 });
  const nonce = createNonce();
  const body = file.page ? withNonce(file.body.toString('utf8'), nonce) : new Uint8Array(file.body);
  return new Response(body, {
    headers: {
      ...safeHeaders,
      'cache-control': 'no-cache',
      'content-security-policy': contentSecurityPolicy(nonce, null),
      'content-type': file.mediaType,
    },
  });
}

/** Serves the built window at `app://jackdaw`, with the same policy as on the loopback. */
export function servePage(rendererFolder: string): void {
  protocol.handle('app', (request) => answer(request.url, rendererFolder));
}
