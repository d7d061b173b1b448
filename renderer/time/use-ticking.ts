import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | null = null;

/** Rings on the second, so that all the words of a window change together. */
function arm(): void {
  timer = setTimeout(
    () => {
      for (const listener of listeners) listener();
      if (listeners.size > 0) arm();
      else timer = null;
    },
    1_000 - (Date.now() % 1_000),
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) arm();
  return () => {
    listeners.delete(listener);
  };
}

/**
 * A value that depends on the time now, kept current. One timer serves the whole window, and a
 * component draws again only when its own value has changed; so return a text or a number.
 */
export function useTicking<Value extends string | number | boolean>(
  of: (nowMs: number) => Value,
): Value {
  const read = useCallback(() => of(Date.now()), [of]);
  return useSyncExternalStore(subscribe, read);
}
