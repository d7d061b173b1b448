import type { Answer } from './http.ts';
import { PageFailure } from './failure.ts';

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Where an answer sends one on to, without its fragment; null where it doesn't. Throws
 * `PageFailure('redirect')` where it sends nowhere, or to what isn't http or https.
 */
export function redirectTarget(answer: Answer, url: string): string | null {
  if (!redirects.has(answer.status)) return null;
  const location = answer.header('location');
  if (location === null || !URL.canParse(location, url))
    throw new PageFailure('redirect', `${url} sends on to no address that can be read.`);
  const target = new URL(location, url);
  if (target.protocol !== 'http:' && target.protocol !== 'https:')
    throw new PageFailure(
      'redirect',
      `${url} sends on to a ${target.protocol} address, which isn't a web page. It was not asked.`,
    );
  target.hash = '';
  return target.href;
}

/** The failure of a redirect that is one too many. */
export function tooManyRedirects(url: string, most: number): PageFailure {
  return new PageFailure(
    'redirect',
    `${url} is sent on more than ${String(most)} times; the site sends visitors in circles.`,
  );
}

/** A refusal met on the way of a redirect is the redirect's fault. */
export function onTheWay(error: unknown, hop: number): unknown {
  if (hop > 0 && error instanceof PageFailure && error.reason === 'private-address')
    return new PageFailure('redirect', `A redirect was refused: ${error.message}`);
  return error;
}
