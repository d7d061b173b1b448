import { startTransition, useEffect, useRef, useState } from 'react';

/** A window that is out of sight paints nothing; it waits no longer than this. */
const longestWaitMs = 100;

/** Calls once the next frame is painted; answers the function that forgets it. */
function afterPaint(done: () => void): () => void {
  let timer = setTimeout(done, longestWaitMs);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    // What a frame calls runs before it is painted; a timer doesn't.
    timer = setTimeout(done);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** A value a frame late: what else it changes is painted before. Of several within a frame the last comes. */
export function usePaintedFirst<Value>(value: Value): Value {
  const [painted, setPainted] = useState(() => value);
  const newest = useRef(value);
  const forget = useRef<(() => void) | null>(null);
  useEffect(() => {
    newest.current = value;
    if (forget.current !== null || Object.is(value, painted)) return;
    forget.current = afterPaint(() => {
      forget.current = null;
      startTransition(() => setPainted(() => newest.current));
    });
  }, [value, painted]);
  useEffect(
    () => () => {
      forget.current?.();
      forget.current = null;
    },
    [],
  );
  return painted;
}
