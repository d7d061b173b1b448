import type { CheckedInput, CallOutput } from '../../contract/calls.ts';
import { callNames, type CallName } from '../../contract/names.ts';
import type { Result } from '../../contract/result.ts';

/** One handler a call. A call without a handler, or a handler without a call, does not compile. */
export type Handlers = {
  readonly [Name in CallName]: (
    input: CheckedInput<Name>,
  ) => CallOutput<Name> | Promise<CallOutput<Name>>;
};

/** The only door into main: what a window, the tray, the command line and HTTP may do. */
export interface Calls {
  /**
   * Checks the input, carries the call out and answers; never rejects. An unknown name is refused as
   * `not-found`, a bad input as `invalid` with the path of each fault.
   */
  invoke(name: string, input: unknown): Promise<Result<unknown>>;
  /** The same with types, for callers inside main (the tray, the command line without a host). */
  call<Name extends CallName>(name: Name, input: unknown): Promise<Result<CallOutput<Name>>>;
}

const names: ReadonlySet<string> = new Set(callNames);

/** Whether a call by this name exists. */
export function isCallName(name: string): name is CallName {
  return names.has(name);
}
