import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { Client } from '../../contract/client.ts';
import type { CallName } from '../../contract/names.ts';
import type { Result } from '../../contract/result.ts';
import { sayFailure } from './toasts.ts';

let current: Client | null = null;

/** Names the client all calls of this window go through; called once, before the first view is drawn. */
export function setClient(client: Client): void {
  current = client;
}

/** Makes a call and answers its result as it is, for forms that show faults in their place. */
export function call<Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
): Promise<Result<CallOutput<Name>>> {
  if (current === null) throw new Error('setClient comes before the first call');
  return current.call(name, input);
}

/** Makes a call; a refusal is shown as a toast, and null is answered. */
export async function perform<Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
): Promise<CallOutput<Name> | null> {
  const result = await call(name, input);
  if (result.ok) return result.value;
  sayFailure(result.message);
  return null;
}
