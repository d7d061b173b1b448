/** Bytes of live heap. */
export function heapBytes(): number {
  if (globalThis.gc === undefined) throw new Error('start with --expose-gc');
  for (let times = 0; times < 4; times += 1) globalThis.gc();
  return process.memoryUsage().heapUsed;
}
