import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock, Timer } from '../clock.ts';
import type { Answer, Question } from './messages.ts';

/** Why nothing could be read: the text was too much, or the reading itself didn't work. */
export interface Failure {
  readonly told: 'failed';
  readonly message: string;
  /** Whether what was asked is to blame, so that asking again at once would only fail again. */
  readonly blamed: boolean;
}

/** Reads calendars on a thread of its own, one question at a time. */
export interface Reader {
  /** Never rejects. */
  ask(question: Question): Promise<Answer | Failure>;
  /** Ends the thread; what waits for an answer is told that there is none. */
  stop(): Promise<void>;
}

interface Waiting {
  readonly question: Question;
  readonly answer: (told: Answer | Failure) => void;
}

/** How long one question may take: four years of the slowest place take a second. */
const deadlineMs = 10_000;

/** How long the thread is kept for the next question. */
const restMs = 60_000;

const tooLong: Failure = {
  told: 'failed',
  message: "can't be read: it takes too long; take out what repeats most often, or split it",
  blamed: true,
};
const tooLarge: Failure = {
  told: 'failed',
  message: "can't be read: it needs too much memory; take out what isn't needed, or split it",
  blamed: true,
};
const stopped: Failure = {
  told: 'failed',
  message: "can't be read now: Jackdaw is closing; try again when it runs",
  blamed: false,
};

function notStarted(error: unknown): Failure {
  const cause = error instanceof Error ? error.message : String(error);
  const message = `can't be read now: the part of Jackdaw that reads calendars doesn't work (${cause}); install Jackdaw again`;
  return { told: 'failed', message, blamed: false };
}

function causeOf(error: unknown): Failure {
  const { code } = error as { readonly code?: unknown };
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge : notStarted(error);
}

/** Where the thread's program lies: beside this file in a checkout, flat beside the bundle when built. */
function workerProgram(): string {
  const fromSource = import.meta.filename.endsWith('.ts');
  return fromSource
    ? path.join(import.meta.dirname, 'worker', 'index.ts')
    : path.join(import.meta.dirname, 'calendar-worker.js');
}

function startThread(program: string): Worker {
  return new Worker(program, {
    env: {},
    execArgv: [],
    // Libraries' own words belong to no one's standard output. Nor are they read: a thread whose
    // output is read keeps its process alive.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
}

class ThreadReader implements Reader {
  readonly #clock: Clock;
  readonly #program: string;
  readonly #queue: Waiting[] = [];
  #thread: Worker | null = null;
  #current: Waiting | null = null;
  #timer: Timer | null = null;
  #stopped = false;

  constructor(clock: Clock, program: string) {
    this.#clock = clock;
    this.#program = program;
  }

  ask(question: Question): Promise<Answer | Failure> {
    if (this.#stopped) return Promise.resolve(stopped);
    return new Promise((answer) => {
      this.#queue.push({ question, answer });
      this.#next();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { answer } of this.#queue.splice(0)) answer(stopped);
    await this.#end(stopped);
  }

  #next(): void {
    if (this.#current !== null) return;
    const next = this.#queue.shift();
    if (next === undefined) {
      // At rest the thread keeps no process alive; soon it ends.
      this.#thread?.unref();
      if (this.#thread !== null) this.#wait(restMs, () => void this.#end(null), 'idle');
      return;
    }
    this.#current = next;
    try {
      this.#thread ??= this.#start();
      this.#thread.ref();
      this.#thread.postMessage(next.question);
      this.#wait(deadlineMs, () => void this.#end(tooLong));
    } catch (error) {
      void this.#end(notStarted(error));
    }
  }

  #start(): Worker {
    const thread = startThread(this.#program);
    const mine = (): boolean => this.#thread === thread;
    thread.on('message', (told: Answer) => {
      if (mine()) this.#answer(told);
    });
    thread.on('error', (error) => {
      if (mine()) void this.#end(causeOf(error));
    });
    thread.on('exit', () => {
      if (mine()) void this.#end(notStarted('it ended by itself'));
    });
    return thread;
  }

  #wait(delayMs: number, ring: () => void, waiting?: 'idle'): void {
    this.#timer?.cancel();
    this.#timer = this.#clock.after(delayMs, ring, waiting);
  }

  #answer(told: Answer | Failure): void {
    const current = this.#current;
    this.#current = null;
    this.#timer?.cancel();
    this.#timer = null;
    current?.answer(told);
    this.#next();
  }

  /** Ends the thread; who waits for it is told why, and the next question gets a new one. */
  async #end(why: Failure | null): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    if (why !== null && this.#current !== null) this.#answer(why);
    else {
      this.#timer?.cancel();
      this.#timer = null;
    }
    await thread?.terminate();
  }
}

/**
 * A reader whose thread is started by the first question and ends after a minute of rest. A question
 * that takes over ten seconds, or too much memory, ends the thread and fails alone. At rest it keeps
 * no process alive.
 */
export function threadReader(clock: Clock, program = workerProgram()): Reader {
  return new ThreadReader(clock, program);
}
