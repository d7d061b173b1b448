import robotsParserModule from 'robots-parser';
import type { ScrapeLimits } from '../limits.ts';
import { PageFailure } from './failure.ts';
import type { Answer, Http } from './http.ts';
import type { Parent } from './parent.ts';
import { onTheWay, redirectTarget, tooManyRedirects } from './redirects.ts';

// Its types describe an ES module, but it is a CommonJS one: the default import is the function itself.
const robotsParser = robotsParserModule as unknown as typeof robotsParserModule.default;

/** The name site owners write in robots.txt. */
const agentName = 'Jackdaw';

/** A larger robots.txt is no robots.txt. */
const robotsBytes = 2 * 1024 * 1024;

/** Says whether robots.txt allows an address. */
export interface Robots {
  /** Throws `PageFailure`: `robots` where it is disallowed, else what kept robots.txt from being read. */
  check(url: string): Promise<void>;
}

/** What the check of robots.txt is made of. */
export interface RobotsParts {
  readonly parent: Parent;
  readonly http: Http;
  readonly limits: ScrapeLimits;
}

type Allows = (url: string) => boolean;

function rulesOf(origin: string, body: string | null): Allows {
  if (body === null) return () => true;
  const rules = robotsParser(`${origin}/robots.txt`, body);
  return (url) => rules.isAllowed(url, agentName) !== false;
}

/** The body of an answer to /robots.txt: null for 4xx, which allows all. */
function robotsBody(answer: Answer, origin: string): string | null {
  if (answer.status >= 200 && answer.status <= 299) return new TextDecoder().decode(answer.body);
  if (answer.status >= 400 && answer.status <= 499) return null;
  throw new PageFailure(
    'robots-unreachable',
    `${origin}/robots.txt answered ${String(answer.status)}, so it isn't known whether the page may be read. Jackdaw tries again later.`,
    { retryable: true },
  );
}

async function fetchRobots(
  { parent, http, limits }: RobotsParts,
  origin: string,
): Promise<string | null> {
  let url = `${origin}/robots.txt`;
  for (let hop = 0; hop <= limits.redirects; hop += 1) {
    await parent.leave(url, false);
    try {
      const answer = await http.get({
        url,
        etag: null,
        lastModified: null,
        bodyBytes: robotsBytes,
      });
      const target = redirectTarget(answer, url);
      if (target === null) return robotsBody(answer, origin);
      url = target;
    } catch (error) {
      throw onTheWay(error, hop);
    }
  }
  throw tooManyRedirects(`${origin}/robots.txt`, limits.redirects);
}

/**
 * Asks robots.txt before each page (RFC 9309): the parent keeps it for 24 hours, this run for its
 * length. 4xx allows all; 5xx or no answer refuses, for this run only.
 */
export function createRobots(parts: RobotsParts): Robots {
  const { parent } = parts;
  const known = new Map<string, Promise<Allows>>();

  const learn = async (origin: string): Promise<Allows> => {
    const kept = await parent.robots(origin);
    if (kept !== null) return rulesOf(origin, kept.body);
    try {
      const body = await fetchRobots(parts, origin);
      parent.robotsRead(origin, body);
      return rulesOf(origin, body);
    } catch (error) {
      parent.robotsFailed(origin);
      throw error;
    }
  };

  return {
    check: async (url) => {
      const { origin } = new URL(url);
      const learning = known.get(origin) ?? learn(origin);
      known.set(origin, learning);
      const allows = await learning;
      if (!allows(url))
        throw new PageFailure(
          'robots',
          `${origin}/robots.txt asks robots not to read ${url}. Jackdaw keeps to it.`,
        );
    },
  };
}
