import { randomBytes } from 'node:crypto';

/** A nonce for one response. */
export function createNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * The content security policy of the window's page (design.md section 5).
 *
 * @param webSocket The address of the events' WebSocket where there is one (not under `app://`).
 */
export function contentSecurityPolicy(nonce: string, webSocket: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${webSocket === null ? '' : ` ${webSocket}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The headers every answer carries, page or not. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const nonceTag = /<meta\s[^>]*property="csp-nonce"[^>]*>/;

/**
 * Puts the nonce of this response into the page, where React Aria looks for it. A page without the
 * tag gets it at the head's beginning.
 */
export function withNonce(html: string, nonce: string): string {
  const tag = `<meta property="csp-nonce" content="${nonce}" nonce="${nonce}">`;
  return nonceTag.test(html) ? html.replace(nonceTag, tag) : html.replace(/<head>/, `<head>${tag}`);
}
