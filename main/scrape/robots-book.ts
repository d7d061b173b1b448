import type { Clock } from '../clock.ts';
import type { KeptRobots, RobotsShelf } from './runner.ts';

/** How long a robots.txt is good for (RFC 9309 section 2.4). */
const goodForMs = 24 * 60 * 60 * 1000;

/** Hands robots.txt files out: each is fetched by one child, for all. */
export interface RobotsBook {
  /**
   * Answers with the kept robots.txt, at once or when the child that is fetching it is done; null means
   * that the asker is to fetch it and `tell`. The function it answers gives up: asking, or fetching.
   */
  ask(origin: string, answer: (robots: KeptRobots | null) => void): () => void;
  /** What a child has fetched; `failed` lets the next one try. */
  tell(origin: string, fetched: { readonly body: string | null; readonly failed: boolean }): void;
}

type Answer = (robots: KeptRobots | null) => void;

/** A robots.txt that is being fetched: the first asker fetches, the others wait. */
type Queue = Answer[];

/** The robots.txt files of one host, kept on the shelf for 24 hours. */
export function createRobotsBook(clock: Clock, shelf: RobotsShelf): RobotsBook {
  const fetching = new Map<string, Queue>();

  /** A shelf that fails only costs a fetch. */
  const shelved = <Value>(use: () => Value, otherwise: Value): Value => {
    try {
      return use();
    } catch {
      return otherwise;
    }
  };

  const kept = (origin: string): KeptRobots | null => {
    const robots = shelved(() => shelf.get(origin), null);
    if (robots === null) return null;
    const ageMs = clock.now() - robots.fetchedAtMs;
    // A clock set back makes the age negative: then nothing is known of it.
    return ageMs >= 0 && ageMs < goodForMs ? robots : null;
  };

  const leave = (origin: string, answer: Answer): void => {
    const queue = fetching.get(origin);
    const place = queue?.indexOf(answer) ?? -1;
    if (queue === undefined || place < 0) return;
    queue.splice(place, 1);
    if (queue.length === 0) fetching.delete(origin);
    else if (place === 0) queue[0]?.(null);
  };

  return {
    ask: (origin, answer) => {
      const queue = fetching.get(origin);
      const robots = queue === undefined ? kept(origin) : null;
      if (robots !== null) {
        answer(robots);
        return () => undefined;
      }
      if (queue === undefined) {
        fetching.set(origin, [answer]);
        answer(null);
      } else queue.push(answer);
      return () => {
        leave(origin, answer);
      };
    },
    tell: (origin, { body, failed }) => {
      const queue = fetching.get(origin);
      if (failed) {
        const [fetcher] = queue ?? [];
        if (fetcher !== undefined) leave(origin, fetcher);
        return;
      }
      const robots = { body, fetchedAtMs: clock.now() };
      fetching.delete(origin);
      shelved(() => {
        shelf.put(origin, robots);
      }, undefined);
      for (const answer of queue?.slice(1) ?? []) answer(robots);
    },
  };
}
