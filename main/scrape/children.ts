import type { Clock } from '../clock.ts';
import type { ChildExit, ChildLauncher, ScrapeChild } from './launcher.ts';
import type { Mark } from './marks.ts';
import { checkMessage } from './check-message.ts';
import type { ChildMessage, ParentMessage } from './messages.ts';

/** How much of a child's error stream is remembered: its end. */
const stderrCharacters = 4_000;

/** A child that writes more than this to its error stream is out of its mind. */
const stderrMost = 1_000_000;

/** How long `stop` waits for children that have been killed. */
const goneMs = 5_000;

/** Who follows a child through its task. */
export interface ChildFollower {
  /** The child can take its task; may ring before `follow` returns. */
  ready(): void;
  /** A message of the right shape. */
  hear(message: ChildMessage): void;
  /** A message of no shape known, or one too many: the child isn't to be trusted any more. */
  distrust(): void;
  /** The child is gone; `stderr` is the end of what it wrote there. */
  gone(exit: ChildExit, stderr: string): void;
}

/** A child and what is known of it. */
export class Child {
  readonly #process: ScrapeChild;
  #ready = false;
  #exit: ChildExit | null = null;
  #stderr = '';
  #written = 0;
  #killed = false;
  /** How many messages it may send yet: before it has a task, that it is ready. */
  #messagesLeft = 1;
  #follower: ChildFollower | null = null;
  readonly #onGone: () => void;

  constructor(started: ScrapeChild, onGone: () => void) {
    this.#process = started;
    this.#onGone = onGone;
    started.onMessage((message) => {
      this.#hear(message);
    });
    started.onStderr((text) => {
      this.#stderr = `${this.#stderr}${text}`.slice(-stderrCharacters);
      this.#written += text.length;
      if (this.#written > stderrMost) this.#distrust();
    });
    started.onExit((exit) => {
      this.#exit = exit;
      this.#onGone();
      this.#follower?.gone(exit, this.#stderr);
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get alive(): boolean {
    return this.#exit === null;
  }

  /**
   * Hands the child to the follower of its task, and lets it keep the parent's process alive. A child
   * with more to say than `messagesMost` only means to keep its parent busy.
   */
  follow(follower: ChildFollower, messagesMost: number): void {
    this.#follower = follower;
    this.#messagesLeft = messagesMost;
    this.#process.hold(true);
    if (this.#exit !== null) follower.gone(this.#exit, this.#stderr);
    else if (this.#ready) follower.ready();
  }

  /** Lets an idle child not keep the parent's process alive. */
  rest(): void {
    this.#process.hold(false);
  }

  send(message: ParentMessage): void {
    this.#process.send(message);
  }

  kill(): void {
    if (this.#killed) return;
    this.#killed = true;
    this.#process.kill();
  }

  #distrust(): void {
    if (this.#follower === null) this.kill();
    else this.#follower.distrust();
  }

  #hear(raw: unknown): void {
    this.#messagesLeft -= 1;
    const message = this.#messagesLeft < 0 ? null : checkMessage(raw);
    if (message === null) this.#distrust();
    else if (message.type !== 'ready') this.#follower?.hear(message);
    else if (!this.#ready) {
      this.#ready = true;
      this.#follower?.ready();
    }
  }
}

/** Stands in for a child that couldn't even be launched: gone as soon as anyone looks. */
function stillborn(error: unknown): ScrapeChild {
  const nothing = (): void => undefined;
  return {
    pid: undefined,
    send: nothing,
    onMessage: nothing,
    onStderr: (listener) => {
      listener(String(error));
    },
    onExit: (listener) => {
      queueMicrotask(() => {
        listener({ code: null, signal: null });
      });
    },
    kill: nothing,
    hold: nothing,
  };
}

/** The children of one runner: those at work, and the warm spare. */
export interface Children {
  /** A child: the spare, else a new one. */
  readonly take: () => Child;
  /** Starts the spare if there is none. */
  readonly warm: () => void;
  /** Kills every child that is left, and waits until it is gone. */
  stop(): Promise<void>;
}

/** What children are made of. */
export interface ChildrenParts {
  readonly clock: Clock;
  readonly launch: ChildLauncher;
  readonly folderMark: Mark | null;
  /** Whether one more is begun each time one is taken. */
  readonly spare: boolean;
}

/** Starts and counts children. */
export function createChildren({ clock, launch, folderMark, spare }: ChildrenParts): Children {
  const living = new Set<Child>();
  let waiting: Child | null = null;
  let stopped = false;
  let allGone: (() => void) | null = null;

  /** A launch that fails is a run that crashed, never the scheduler's end. */
  const launched = (): ScrapeChild => {
    try {
      return launch({ clock, folderMark });
    } catch (error) {
      return stillborn(error);
    }
  };

  const begin = (): Child => {
    const child = new Child(launched(), () => {
      living.delete(child);
      if (waiting === child) waiting = null;
      if (living.size === 0) allGone?.();
    });
    living.add(child);
    return child;
  };

  const warm = (): void => {
    if (stopped || waiting !== null) return;
    waiting = begin();
    waiting.rest();
  };

  return {
    take: () => {
      const taken = waiting ?? begin();
      waiting = null;
      if (spare) warm();
      return taken;
    },
    warm,
    stop: async () => {
      stopped = true;
      for (const child of living) child.kill();
      if (living.size === 0) return;
      await new Promise<void>((resolve) => {
        const timer = clock.after(goneMs, resolve);
        allGone = () => {
          timer.cancel();
          resolve();
        };
      });
    },
  };
}
