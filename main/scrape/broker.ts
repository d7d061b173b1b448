import type { Clock } from '../clock.ts';
import type { Child } from './children.ts';
import type { Lanes } from './lanes.ts';
import type { ChildMessage } from './messages.ts';
import type { RobotsBook } from './robots-book.ts';
import type { KeptPage, PageShelf } from './runner.ts';

/** What a child may ask its parent for. */
export type Question = Extract<
  ChildMessage,
  { readonly type: 'leave' | 'robots' | 'robots-read' | 'kept-page' }
>;

/** Answers the questions of one child. */
export interface Broker {
  answer(question: Question): void;
  /** Keeps a page for the next conditional request. */
  keep(url: string, page: Omit<KeptPage, 'fetchedAtMs'>): void;
  /** Gives up the places in lanes and queues of a child that is gone. */
  close(): void;
}

/** What brokers share and serve. */
export interface BrokerParts {
  readonly clock: Clock;
  readonly child: Child;
  readonly lanes: Lanes;
  readonly robots: RobotsBook;
  readonly pages: PageShelf;
  /** The schedule whose pages are kept; null for a try-out, which keeps none. */
  readonly schedule: number | null;
  /** Told where the shelf fails: the run goes on without it. */
  readonly warn: (message: string) => void;
}

/** The parent's side of a child's questions: lanes, robots.txt and kept pages are the parent's. */
export function createBroker(parts: BrokerParts): Broker {
  const { clock, child, lanes, robots, pages, schedule, warn } = parts;
  const open = new Set<() => void>();
  const handedOut = new Set<string>();

  const shelved = <Value>(use: () => Value, otherwise: Value): Value => {
    try {
      return use();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      warn(`Pages can't be kept or looked up at the moment (${detail}); the run goes on without.`);
      return otherwise;
    }
  };
  const kept = (url: string): KeptPage | null =>
    schedule === null ? null : shelved(() => pages.get(schedule, url), null);

  const giveLeave = (id: number, url: string, conditional: boolean): void => {
    const page = conditional ? kept(url) : null;
    const etag = page?.etag ?? null;
    child.send({ type: 'leave', id, etag, lastModified: page?.lastModified ?? null });
  };

  return {
    answer: (question) => {
      switch (question.type) {
        case 'leave': {
          const { id, url, conditional } = question;
          open.add(lanes.ask(new URL(url).hostname, () => giveLeave(id, url, conditional)));
          break;
        }
        case 'robots': {
          const { id, origin } = question;
          const answer = robots.ask(origin, (found) => {
            child.send({ type: 'robots', id, robots: found });
          });
          open.add(answer);
          break;
        }
        case 'robots-read':
          robots.tell(question.origin, question);
          break;
        case 'kept-page': {
          // Once each: a child that only asks could have its parent fill up with answers.
          const page = handedOut.has(question.url) ? null : kept(question.url);
          handedOut.add(question.url);
          child.send({ type: 'kept-page', id: question.id, page });
          break;
        }
      }
    },
    keep: (url, page) => {
      if (schedule === null) return;
      shelved(() => {
        pages.put(schedule, url, { ...page, fetchedAtMs: clock.now() });
      }, undefined);
    },
    close: () => {
      for (const giveUp of open) giveUp();
      open.clear();
    },
  };
}
