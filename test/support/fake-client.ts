import type { CallInput, CallOutput, EventEnvelope, EventValue } from '../../contract/calls.ts';
import type { Client } from '../../contract/client.ts';
import type { CallName, EventName } from '../../contract/names.ts';
import type { Result } from '../../contract/result.ts';
import type { Snapshot } from '../../contract/views.ts';

/** What the fake answers, a function a call. */
export type Answers = {
  readonly [Name in CallName]?: (
    input: CallInput<Name>,
  ) => Result<CallOutput<Name>> | Promise<Result<CallOutput<Name>>>;
};

/** A call as it was made. */
export interface MadeCall {
  readonly name: CallName;
  readonly input: unknown;
}

/** A client in a test's hand: it answers as told, and says what the test wants to have happened. */
export interface FakeClient extends Client {
  /** The calls made so far, oldest first. */
  readonly made: readonly MadeCall[];
  /** What `getSnapshot` answers from now on. */
  setSnapshot(snapshot: Snapshot): void;
  /** Tells all subscribers of a change, in its right place in the stream. */
  push<Name extends EventName>(name: Name, value: EventValue<Name>): void;
  /** Sends an event as it is, right or wrong. */
  send(event: EventEnvelope): void;
  /** The stream was broken and stands again. */
  reconnect(): void;
}

/** Answers a value. */
export function ok<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

/** A call no one has told the fake how to answer is refused, by name, so that a test can't pass on it. */
export function createFakeClient(first: Snapshot, answers: Answers = {}): FakeClient {
  let snapshot = first;
  let sequence = first.revision.sequence;
  const made: MadeCall[] = [];
  const listeners = new Set<(event: EventEnvelope) => void>();
  const reconnects = new Set<() => void>();
  return {
    made,
    call: async <Name extends CallName>(name: Name, input: CallInput<Name>) => {
      made.push({ name, input });
      const answer = answers[name];
      if (answer !== undefined) return answer(input);
      if (name === 'getSnapshot') return ok(snapshot) as Result<never>;
      return { ok: false, code: 'internal', message: `The fake has no answer to ${name}.` };
    },
    subscribe: (onEvent, onReconnect) => {
      listeners.add(onEvent);
      if (onReconnect !== undefined) reconnects.add(onReconnect);
      return () => {
        listeners.delete(onEvent);
        if (onReconnect !== undefined) reconnects.delete(onReconnect);
      };
    },
    setSnapshot: (next) => {
      snapshot = next;
      sequence = next.revision.sequence;
    },
    push: (name, value) => {
      const previous = sequence;
      sequence += 1;
      const revision = { start: snapshot.revision.start, sequence };
      const event = { revision, previous, name, value } as EventEnvelope;
      for (const listener of listeners) listener(event);
    },
    send: (event) => {
      for (const listener of listeners) listener(event);
    },
    reconnect: () => {
      for (const listener of reconnects) listener();
    },
  };
}
