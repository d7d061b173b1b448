import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../clock.ts';

/** A token nobody guesses: 256 random bits, in letters that a URL's fragment and a header both take. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** The names under which this computer's browsers reach the loopback at this port. */
export function ownHosts(port: number): ReadonlySet<string> {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  // Browsers leave the usual port of http out.
  const usual = port === 80 ? names : [];
  return new Set([...names.map((name) => `${name}:${String(port)}`), ...usual]);
}

/**
 * Whether a request was meant for this server and comes from its own page, or from no page at all.
 * A page of another site, even one whose name was made to resolve to 127.0.0.1, is told by its Host
 * or its Origin (reliability.md, row 37).
 */
export function isOwnRequest(headers: IncomingHttpHeaders, hosts: ReadonlySet<string>): boolean {
  const { host, origin } = headers;
  if (host === undefined || !hosts.has(host.toLowerCase())) return false;
  if (origin === undefined) return true;
  return origin.startsWith('http://') && hosts.has(origin.slice('http://'.length).toLowerCase());
}

/** Whether the offered token is the right one, in a time that says nothing about either. */
export function isSameToken(offered: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(offered), digest(token));
}

/** The token of `Authorization: Bearer …`, or null. */
export function bearerToken(headers: IncomingHttpHeaders): string | null {
  return /^Bearer ([\w-]{1,200})$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** The token of the subprotocol `token.…` on a WebSocket's upgrade, or null. */
export function subprotocolToken(headers: IncomingHttpHeaders): string | null {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
  if (!offered.includes('jackdaw')) return null;
  return offered.find((one) => one.startsWith('token.'))?.slice('token.'.length) ?? null;
}

/** How many wrong tokens are answered at once. */
const freeGuesses = 5;
/** How many refusals may wait at a time; more are cut off. */
const mostWaiting = 32;

/** Makes guessing slow: refusals of wrong tokens wait, while the right token is never kept waiting. */
export interface LockOut {
  /** Refuses one guess: calls `refuse` now or later, or `cutOff` where too many wait already. */
  guessed(refuse: () => void, cutOff: () => void): void;
  /** Forgets the guesses: the right token was shown. */
  passed(): void;
  /** Answers what still waits. */
  stop(): void;
}

/**
 * A lock-out that doubles its delay with each guess after the fifth, up to 5 s. It never refuses the
 * right token, or any program on this computer could lock its user out.
 */
export function createLockOut(clock: Clock): LockOut {
  let guesses = 0;
  const waiting = new Set<() => void>();
  return {
    guessed: (refuse, cutOff) => {
      guesses += 1;
      if (guesses <= freeGuesses) {
        refuse();
        return;
      }
      if (waiting.size >= mostWaiting) {
        cutOff();
        return;
      }
      const delayMs = Math.min(5_000, 100 * 2 ** Math.min(10, guesses - freeGuesses));
      const timer = clock.after(delayMs, () => {
        answer();
      });
      const answer = (): void => {
        timer.cancel();
        waiting.delete(answer);
        refuse();
      };
      waiting.add(answer);
    },
    passed: () => {
      guesses = 0;
    },
    stop: () => {
      for (const answer of [...waiting]) answer();
    },
  };
}
