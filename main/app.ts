import type { Leader } from '../contract/views.ts';
import type { Settings } from '../contract/settings.ts';
import type { Calls } from './calls/calls.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import type { Runner } from './scrape/runner.ts';

/** What only a desktop can do; a headless host has none of it. */
export interface Desktop {
  /** Start at login; null where the system knows no such thing. */
  readonly loginItem: { get(): boolean; set(enabled: boolean): void } | null;
  /** Shows a folder in the system's file manager. */
  openFolder(path: string): Promise<void>;
  /** Whether a tray is there to hide to. */
  readonly tray: boolean;
  /** Whether this is an installed app (not a checkout), which asks about starting at login. */
  readonly installed: boolean;
}

/** What an entry decides; everything else is composed from it. */
export interface AppOptions {
  readonly host: Leader['host'];
  readonly version: string;
  /** The data folder; made if it is missing. */
  readonly dataFolder: string;
  readonly clock: Clock;
  /** Builds the runner from the parts the app provides. */
  readonly createRunner: (parts: RunnerParts) => Runner;
  readonly desktop: Desktop | null;
  /** Settings given on the command line and by JACKDAW_… variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What the app provides to a runner. */
export interface RunnerParts {
  readonly clock: Clock;
  readonly settings: () => Settings;
}

/** Jackdaw without a face: its calls, its changes, and its scheduler once started. */
export interface App {
  readonly calls: Calls;
  readonly changes: Changes;
  /** Arms the scheduler. Only `serve` and the desktop app do so. */
  start(): void;
  /** Ends runs, writes what is open, closes the database and gives the lead up. */
  stop(): Promise<void>;
}
