import type { Leader } from '../../contract/views.ts';
import type { Calls } from '../calls/calls.ts';
import type { Changes } from '../changes.ts';
import type { Log } from '../log.ts';

/** The app that the desktop gives a face; `main/app.ts` composes it. */
export interface ServedApp {
  readonly calls: Calls;
  readonly changes: Changes;
  readonly leader: Leader;
  readonly log: Log;
  /** Arms the scheduler. */
  start(): void;
  /** Looks at the clock now: the computer has woken, or was unlocked. */
  wake(): void;
  /** Ends runs, writes what is open, closes the database. */
  stop(): Promise<void>;
}
