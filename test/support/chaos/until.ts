/** Lets real time pass: chaos happens to real processes. */
export function passing(lengthMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, lengthMs);
  });
}

/** Waits until something is so, looking every 10 ms; throws with `what` where it isn't within the limit. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  limitMs: number,
  what: string,
): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(`${what} after ${String(limitMs)} ms`);
    await passing(10);
  }
}
