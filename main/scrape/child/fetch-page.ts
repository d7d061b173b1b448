import type { Clock } from '../../clock.ts';
import { keptPageBytes, type ScrapeLimits } from '../limits.ts';
import type { CarriedPage } from '../messages.ts';
import type { KeptPage } from '../runner.ts';
import { PageFailure } from './failure.ts';
import type { Answer, Http } from './http.ts';
import type { Parent } from './parent.ts';
import { onTheWay, redirectTarget, tooManyRedirects } from './redirects.ts';
import type { Robots } from './robots.ts';

/** A page as fetched, or as kept where the server said it hasn't changed. */
export interface FetchedPage extends CarriedPage {
  readonly notModified: boolean;
  /** The page to keep for the next conditional request; null where the server gave no validator. */
  readonly keep: Omit<KeptPage, 'fetchedAtMs'> | null;
}

/** What pages are fetched with. */
export interface FetchParts {
  readonly clock: Clock;
  readonly limits: ScrapeLimits;
  readonly parent: Parent;
  readonly http: Http;
  readonly robots: Robots;
  /** Whether to ask with the validators of kept pages. */
  readonly conditional: boolean;
}

/** No server has a say in more than this. */
const retryAfterMostMs = 24 * 60 * 60 * 1000;

/** The three forms of a date in HTTP (RFC 9110 section 5.6.7); the last names no zone, and means GMT. */
const httpDates = [
  /^[a-z]{3}, \d{2} [a-z]{3} \d{4} \d{2}:\d{2}:\d{2} gmt$/i,
  /^[a-z]{6,9}, \d{2}-[a-z]{3}-\d{2} \d{2}:\d{2}:\d{2} gmt$/i,
  /^[a-z]{3} [a-z]{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/i,
];

/**
 * Retry-After as milliseconds from now: whole seconds, or a date of HTTP; a day at most, 0 where the date
 * has passed. Null where there is none that can be read.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  const atMost = (ms: number): number => Math.min(Math.max(0, ms), retryAfterMostMs);
  if (/^\d+$/.test(text)) return atMost(Number(text) * 1000);
  if (!httpDates.some((form) => form.test(text))) return null;
  const atMs = Date.parse(/gmt$/i.test(text) ? text : `${text} GMT`);
  return Number.isNaN(atMs) ? null : atMost(atMs - nowMs);
}

/** Whether an answer of this status may be another one later: RFC 9110 15.5.9, RFC 8470, RFC 6585, any 5xx. */
function mayPass(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

function statusFailure(answer: Answer, url: string, nowMs: number): PageFailure {
  const { status } = answer;
  const advice = ((): string => {
    if (status === 404 || status === 410) return 'There is no such page; check the address.';
    if (status === 401 || status === 403) return "The site doesn't let Jackdaw read this page.";
    if (status === 429) return 'The site asks for fewer requests; use a longer gap or interval.';
    return status >= 500 ? 'The site has a fault of its own.' : 'That is no page to read.';
  })();
  return new PageFailure(`http-${String(status)}`, `${url} answered ${String(status)}. ${advice}`, {
    retryable: mayPass(status),
    retryAfterMs: retryAfterMs(answer.header('retry-after'), nowMs),
  });
}

function requireText(contentType: string | null, url: string): void {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|gzip|octet-stream)$/.test(type))
    throw new PageFailure('not-a-page', `${url} is a file of the type ${type}, not a web page.`);
}

function freshPage(answer: Answer, url: string): FetchedPage {
  const { body } = answer;
  const contentType = answer.header('content-type');
  requireText(contentType, url);
  const etag = answer.header('etag');
  const lastModified = answer.header('last-modified');
  const keepable =
    (etag !== null || lastModified !== null) &&
    body.length <= keptPageBytes &&
    !/\bno-store\b/i.test(answer.header('cache-control') ?? '');
  const page = { contentType, finalUrl: url, body };
  return { ...page, notModified: false, keep: keepable ? { ...page, etag, lastModified } : null };
}

/** One request at one address: the page, or where it is sent on to. */
async function fetchOnce(
  parts: FetchParts,
  url: string,
  conditional: boolean,
): Promise<FetchedPage | string> {
  const { clock, limits, parent, http, robots } = parts;
  await robots.check(url);
  const leave = await parent.leave(url, conditional);
  const answer = await http.get({
    url,
    etag: leave.etag,
    lastModified: leave.lastModified,
    bodyBytes: limits.bodyBytes,
  });
  const asked = leave.etag !== null || leave.lastModified !== null;
  if (answer.status === 304 && asked) {
    const kept = await parent.keptPage(url);
    if (kept !== null) return { ...kept, notModified: true, keep: null };
    return fetchOnce(parts, url, false);
  }
  const target = redirectTarget(answer, url);
  if (target !== null) return target;
  if (answer.status >= 200 && answer.status <= 299) return freshPage(answer, url);
  throw statusFailure(answer, url, clock.now());
}

/**
 * Fetches a page: robots.txt is asked, each request waits for its leave, redirects are followed hop by
 * hop under the same rules, and a kept page stands in where the server answers 304. Throws
 * `PageFailure` for anything but a page.
 */
export async function fetchPage(parts: FetchParts, address: string): Promise<FetchedPage> {
  let url = address;
  for (let hop = 0; hop <= parts.limits.redirects; hop += 1) {
    try {
      const answer = await fetchOnce(parts, url, parts.conditional);
      if (typeof answer !== 'string') return answer;
      url = answer;
    } catch (error) {
      throw onTheWay(error, hop);
    }
  }
  throw tooManyRedirects(address, parts.limits.redirects);
}
