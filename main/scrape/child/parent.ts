import type { CarriedPage, ParentMessage } from '../messages.ts';
import type { KeptRobots } from '../runner.ts';
import type { Channel } from './channel.ts';
import { hideUser } from './hide-user.ts';
import { StoppedError } from './stopped.ts';

/** Leave to send a request, with the validators of the kept page. */
export interface Leave {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** What a child asks of its parent, who owns the lanes, robots.txt and the kept pages. */
export interface Parent {
  /** Waits in the host's lane; rejects with `StoppedError` once the run is told to stop. */
  leave(url: string, conditional: boolean): Promise<Leave>;
  /** The robots.txt of an origin as kept; null: fetch it and tell. Rejects as `leave` does. */
  robots(origin: string): Promise<KeptRobots | null>;
  robotsRead(origin: string, body: string | null): void;
  /** Others that wait for this robots.txt must fetch it themselves. */
  robotsFailed(origin: string): void;
  keptPage(url: string): Promise<CarriedPage | null>;
  readonly log: (level: 'info' | 'warning' | 'error', message: string) => void;
}

type Answer = Extract<ParentMessage, { readonly id: number }>;

/** A question that hasn't been answered yet. */
interface Question {
  readonly hear: (message: Answer) => void;
  readonly giveUp: () => void;
}

/** A child's line to its parent. */
export interface ParentLine {
  readonly parent: Parent;
  /** Hears the parent's answers. */
  readonly answer: (message: Answer) => void;
  /** From now on no request gets its leave: whoever waits for one gives up, whoever asks is refused. */
  readonly stop: () => void;
}

/** The questions of a child, and their answers. */
export function askingParent(channel: Channel): ParentLine {
  const waiting = new Map<number, Question>();
  let last = 0;
  let stopped = false;
  const ask = <Type extends Answer['type']>(
    type: Type,
    send: (id: number) => void,
  ): Promise<Extract<Answer, { readonly type: Type }>> =>
    new Promise((resolve, reject) => {
      // A page that is kept costs the site nothing.
      const needsLeave = type !== 'kept-page';
      if (stopped && needsLeave) {
        reject(new StoppedError());
        return;
      }
      last += 1;
      waiting.set(last, {
        hear: (message) => {
          if (message.type === type) resolve(message as Extract<Answer, { readonly type: Type }>);
        },
        giveUp: () => {
          if (needsLeave) reject(new StoppedError());
        },
      });
      send(last);
    });
  const parent: Parent = {
    leave: (url, conditional) =>
      ask('leave', (id) => {
        channel.send({ type: 'leave', id, url, conditional });
      }),
    robots: async (origin) => {
      const { robots } = await ask('robots', (id) => {
        channel.send({ type: 'robots', id, origin });
      });
      return robots;
    },
    robotsRead: (origin, body) => {
      channel.send({ type: 'robots-read', origin, body, failed: false });
    },
    robotsFailed: (origin) => {
      channel.send({ type: 'robots-read', origin, body: null, failed: true });
    },
    keptPage: async (url) => {
      const { page } = await ask('kept-page', (id) => {
        channel.send({ type: 'kept-page', id, url });
      });
      return page;
    },
    log: (level, message) => {
      channel.send({ type: 'log', level, message: hideUser(message) });
    },
  };
  return {
    parent,
    answer: (message) => {
      const question = waiting.get(message.id);
      waiting.delete(message.id);
      question?.hear(message);
    },
    stop: () => {
      stopped = true;
      for (const question of waiting.values()) question.giveUp();
    },
  };
}
