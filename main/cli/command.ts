import type { ParseArgsOptionsConfig } from 'node:util';
import type { CallInput, CallOutput, EventEnvelope } from '../../contract/calls.ts';
import type { CallName } from '../../contract/names.ts';
import type { RefusedError } from '../../contract/result.ts';
import type { Leader } from '../../contract/views.ts';
import type { App } from '../app.ts';
import type { Clock } from '../clock.ts';
import type { HostFile } from '../web/host-file.ts';
import type { CliIo } from './io.ts';

/** What an entry provides to every command. */
export interface CliParts {
  readonly io: CliIo;
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Whether this is a checkout, which has a data folder of its own. */
  readonly checkout: boolean;
  /** The built window, served by `serve`. */
  readonly rendererFolder: string;
  /** Composes the app on a data folder; refuses with `not-leader` where another leads. */
  compose(host: Leader['host'], dataFolder: string): Promise<App>;
  /** Shows a page in the user's browser; answers false where there is none. */
  showPage(path: string): boolean;
}

/** What a command talks to: the living host, or the app composed for this one command. */
export interface Door {
  /** The host that lives, or null where the command carries everything out itself. */
  readonly host: HostFile | null;
  /** Makes a call and answers its value. @throws RefusedError what the call was refused with. */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /**
   * Hears every event from the answer on; `onLost` rings when the host has gone. Answers the
   * function that ends it.
   */
  subscribe(onEvent: (event: EventEnvelope) => void, onLost: () => void): Promise<() => void>;
  /** Lets go of the host, or takes the composed app apart. */
  close(): Promise<void>;
}

/** The exit codes of every command; `status` and `run --wait` have more of their own. */
export const exitCodes = { ok: 0, fault: 1, usage: 2 } as const;

/** A wrong use of the command line: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a command has to work with. */
export interface Invocation {
  readonly parts: CliParts;
  readonly io: CliIo;
  readonly dataFolder: string;
  /** Print exactly the contract's value. */
  readonly json: boolean;
  readonly positionals: readonly string[];
  /** Whether an option without a value was given. */
  readonly flag: (name: string) => boolean;
  /** The value of an option, or undefined. */
  readonly option: (name: string) => string | undefined;
  /** The values of an option that may be given several times. */
  readonly list: (name: string) => readonly string[];
  /** The value of an option as a whole number; anything else is a usage error. */
  readonly number: (name: string) => number | undefined;
  /** The living host, or the app composed for this command; opened at the first use. */
  readonly door: () => Promise<Door>;
  /** Prints a value: as JSON with `--json`, else the text made of it. */
  readonly print: <T>(value: T, text: (value: T) => string) => Promise<void>;
  /** Says a fault as the command line says every fault, and goes on. */
  readonly refuse: (error: RefusedError) => Promise<void>;
}

/** One command: how it is called, and what it does. */
export interface Command {
  readonly name: string;
  /** The positionals as help shows them: `FILE`, `[ID]`. */
  readonly takes?: string;
  /** How many positionals there must be. */
  readonly least?: number;
  readonly most?: number;
  readonly options?: ParseArgsOptionsConfig;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The lines of its own help: options, exit codes. */
  readonly help?: readonly string[];
  /** Answers the exit code; what it throws becomes one plain line and 1 (or 2). */
  run(invocation: Invocation): Promise<number>;
}
