import type { Clock, Timer } from '../clock.ts';
import type { Child } from './children.ts';
import type { ChildExit } from './launcher.ts';
import { memoryMarks, messagesMost, type ChildMessage, type ParentMessage } from './messages.ts';

/** How long a child that was asked to end has before it is killed. */
const graceMs = 2_000;

/** Why a child's task is over: it reported, its time ran out, it was told to stop before it began, it was cancelled, or it broke. */
export type SessionCause =
  'reported' | 'deadline' | 'stopped' | 'cancelled' | 'crash' | 'memory' | 'distrusted';

/** The end of a child's task; the child is gone by then, or free for another. */
export interface SessionEnd {
  readonly cause: SessionCause;
  readonly exit: ChildExit;
  /** The end of what the child wrote to its error stream. */
  readonly stderr: string;
  readonly durationMs: number;
}

/** A task that a child is at. */
export interface Session {
  readonly done: Promise<SessionEnd>;
  /** Asks the child to report after the page it is at; ends one that hasn't its task yet. */
  readonly stop: () => void;
  readonly cancel: () => void;
  /** Ends the child at once: it said what it may not. */
  readonly distrust: () => void;
}

/** What a session is made of. */
export interface SessionParts {
  readonly clock: Clock;
  readonly child: Child;
  readonly task: Extract<ParentMessage, { readonly type: 'start' }>;
  readonly timeoutMs: number;
  /** Hears the child; true where it has told its last. Messages after the end aren't heard. */
  readonly hear: (message: ChildMessage) => boolean;
  /** Whether a child that has reported goes on living, for another task. */
  readonly reuse: boolean;
}

/**
 * Sees a child through one task. It begins when the child is ready and its deadline counts from now, on
 * the monotonic clock. At the deadline, or when it is cancelled, the child is asked to end and killed
 * 2 s later; once it has reported it is killed at once, unless it is to be used again. `done` resolves
 * when the child is gone or free, never rejects.
 */
export function openSession(parts: SessionParts): Session {
  const { clock, child, task, timeoutMs, hear, reuse } = parts;
  const startedAtMs = clock.monotonic();
  let cause: SessionCause | null = null;
  let begun = false;
  let grace: Timer | null = null;

  const conclude = (why: SessionCause): boolean => {
    if (cause !== null) return false;
    cause = why;
    deadline.cancel();
    return true;
  };
  const askToEnd = (why: SessionCause): void => {
    if (!conclude(why)) return;
    child.send({ type: 'end' });
    grace = clock.after(graceMs, () => {
      child.kill();
    });
  };
  const endAtOnce = (why: SessionCause): void => {
    conclude(why);
    child.kill();
  };
  const deadline = clock.after(timeoutMs, () => {
    askToEnd('deadline');
  });

  const done = new Promise<SessionEnd>((resolve) => {
    const settle = (exit: ChildExit, stderr: string): void => {
      const durationMs = clock.monotonic() - startedAtMs;
      resolve({ cause: cause ?? 'crash', exit, stderr, durationMs });
    };
    child.follow(
      {
        ready: () => {
          if (cause !== null) return;
          begun = true;
          child.send(task);
        },
        hear: (message) => {
          if (cause !== null || !hear(message)) return;
          if (!reuse) endAtOnce('reported');
          else if (conclude('reported')) settle({ code: null, signal: null }, '');
        },
        distrust: () => {
          endAtOnce('distrusted');
        },
        gone: (exit, stderr) => {
          conclude(memoryMarks.some((mark) => stderr.includes(mark)) ? 'memory' : 'crash');
          grace?.cancel();
          settle(exit, stderr);
        },
      },
      messagesMost(task.task),
    );
  });

  return {
    done,
    stop: () => {
      if (!begun) endAtOnce('stopped');
      else if (cause === null) child.send({ type: 'stop' });
    },
    cancel: () => {
      askToEnd('cancelled');
    },
    distrust: () => {
      endAtOnce('distrusted');
    },
  };
}
