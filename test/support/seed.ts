/** The seed of this run's random cases; `JACKDAW_SEED` repeats an earlier run, processes as far as they can be. */
export const seed = Number(process.env['JACKDAW_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** The seed as the name of a test shows it, so that every run can be repeated. */
export const seedShown = `JACKDAW_SEED=${String(seed)}`;

/** Numbers in `[0, 1)` that follow from a seed, the same in every run: mulberry32, by Tommy Ettinger. */
export function seededRandom(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
