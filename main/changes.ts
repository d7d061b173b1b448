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

/** A stream that goes on when what it is fed by is put together anew. */
export interface RelayedChanges extends Changes {
  /** Tells on what another stream tells from now on. Its clients find another start, and fetch the snapshot. */
  follow(changes: Changes): void;
}

/** The stream of a host that may be put together anew, at first fed by this one. */
export function relayChanges(first: Changes): RelayedChanges {
  const listeners = new Set<(event: EventEnvelope) => void>();
  const tell = (event: EventEnvelope): void => {
    for (const listener of listeners) listener(event);
  };
  let current = first;
  let leave = first.subscribe(tell);
  return {
    revision: () => current.revision(),
    publish: (name, value) => {
      current.publish(name, value);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    follow: (changes) => {
      leave();
      current = changes;
      leave = changes.subscribe(tell);
    },
  };
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
