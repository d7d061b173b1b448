import type { EventEnvelope, EventValue } from '../contract/calls.ts';
import type { EventName } from '../contract/names.ts';
import type { Revision } from '../contract/views.ts';

/** What has changed, told to every transport with its revision. */
export interface Changes {
  /** Where the stream stands: the sequence of the newest event. */
  revision(): Revision;
  /** Tells all listeners the whole new value of what changed. Call it after the commit, never before. */
  publish<Name extends EventName>(name: Name, value: EventValue<Name>): void;
  /** Hears every event from now on; answers the function that ends it. */
  subscribe(listener: (event: EventEnvelope) => void): () => void;
}

/**
 * The stream of events of one host. `start` names this start of the host, so that a client that
 * outlives it knows its revisions mean nothing any more.
 */
export function createChanges(start: string): Changes {
  const listeners = new Set<(event: EventEnvelope) => void>();
  let sequence = 0;
  return {
    revision: () => ({ start, sequence }),
    publish: (name, value) => {
      const previous = sequence;
      sequence += 1;
      const event = { revision: { start, sequence }, previous, name, value } as EventEnvelope;
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Changes that go on while the app behind them is opened afresh. */
export interface SwitchedChanges extends Changes {
  /** Passes on what these changes tell from now on, and nothing of those before. */
  switchTo(source: Changes): void;
}

/** A stream whose source can be changed. Each source is another start, by which clients know. */
export function createSwitchedChanges(first: Changes): SwitchedChanges {
  const listeners = new Set<(event: EventEnvelope) => void>();
  const pass = (event: EventEnvelope): void => {
    for (const listener of listeners) listener(event);
  };
  let source = first;
  let leave = source.subscribe(pass);
  return {
    revision: () => source.revision(),
    publish: (name, value) => {
      source.publish(name, value);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    switchTo: (next) => {
      leave();
      source = next;
      leave = next.subscribe(pass);
    },
  };
}
