import { calls as contract, type CallOutput } from '../../contract/calls.ts';
import { faultsOf } from '../../contract/faults.ts';
import type { CallName } from '../../contract/names.ts';
import { invalid, RefusedError, type Refusal, type Result } from '../../contract/result.ts';
import type { Log } from '../log.ts';
import { isCallName, type Calls, type Handlers } from './calls.ts';

type AnyHandler = (input: unknown) => unknown;

function refusalOf(error: RefusedError): Refusal {
  const { code, message, path, faults } = error;
  return {
    ok: false,
    code,
    message,
    ...(path === undefined ? {} : { path }),
    ...(faults.length === 0 ? {} : { faults }),
  };
}

/** The door: checks each input once against the contract, and turns what is thrown into refusals. */
export function createCalls(
  handlers: Handlers,
  log: Log,
  storeFault: (error: unknown) => unknown,
): Calls {
  const answer = async (name: CallName, input: unknown): Promise<unknown> => {
    const checked = contract[name].input.safeParse(input ?? {}, { reportInput: true });
    if (!checked.success) throw invalid(faultsOf(checked.error));
    const handler = handlers[name] as AnyHandler;
    return await handler(checked.data);
  };

  const invoke = async (name: string, input: unknown): Promise<Result<unknown>> => {
    try {
      if (!isCallName(name))
        throw new RefusedError(
          'not-found',
          `There is no call ${JSON.stringify(name.slice(0, 64))}.`,
        );
      return { ok: true, value: await answer(name, input) };
    } catch (raised) {
      const error = storeFault(raised);
      if (error instanceof RefusedError) return refusalOf(error);
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log.error('call failed', { call: name, error: detail });
      return {
        ok: false,
        code: 'internal',
        message: `Jackdaw failed at ${name}; nothing was changed. The log tells more.`,
      };
    }
  };

  return {
    invoke,
    call: <Name extends CallName>(name: Name, input: unknown) =>
      invoke(name, input) as Promise<Result<CallOutput<Name>>>,
  };
}
