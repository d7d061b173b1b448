/** A span in which the computer sleeps, `[from, to)` in epoch ms. */
export type Sleep = readonly [fromMs: number, toMs: number];

/** The same sleep in spans that come in order, none touching another; each must end after it begins. */
export function unitedSleeps(spans: readonly Sleep[]): readonly Sleep[] {
  const united: [number, number][] = [];
  for (const [fromMs, toMs] of [...spans].sort(([a], [b]) => a - b)) {
    const last = united.at(-1);
    if (last === undefined || fromMs > last[1]) united.push([fromMs, toMs]);
    else last[1] = Math.max(last[1], toMs);
  }
  return united;
}
