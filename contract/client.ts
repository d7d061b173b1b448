import type { CallInput, CallOutput, EventEnvelope } from './calls.ts';
import type { CallName } from './names.ts';
import type { Result } from './result.ts';

/**
 * What a window holds of main, whatever carries it (Electron's IPC or HTTP and WebSocket). The
 * preload exposes one as `window.jackdaw`.
 */
export interface Client {
  /** Makes a call. Never rejects: what goes wrong on the way is a refusal too. */
  call<Name extends CallName>(
    name: Name,
    input: CallInput<Name>,
  ): Promise<Result<CallOutput<Name>>>;
  /**
   * Hears every event from now on, and each time the stream was interrupted and stands again.
   * Answers the function that ends the subscription.
   */
  subscribe(onEvent: (event: EventEnvelope) => void, onReconnect?: () => void): () => void;
}
