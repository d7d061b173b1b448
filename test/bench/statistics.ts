/** Several measurements of one thing, summed up. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** The middle of some values; between the two middle ones where their number is even. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The median of some values with the least and the greatest. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}

/**
 * How many times a yardstick's cost another's is less, round by round: what shook the machine in one
 * round shook both. Rounds beyond the shorter list are left out.
 */
export function timesFaster(yardstick: readonly number[], other: readonly number[]): Spread {
  const rounds = Math.min(yardstick.length, other.length);
  return spreadOf(
    Array.from({ length: rounds }, (_, round) => (yardstick[round] ?? 0) / (other[round] ?? 0)),
  );
}

/**
 * The order in which contenders take their turns in a round: each round begins with another one, and
 * every second time round goes backwards, so that nobody always follows the same neighbour.
 */
export function roundOrder(contenders: number, round: number): readonly number[] {
  const order = Array.from({ length: contenders }, (_, turn) => (turn + round) % contenders);
  return round % 2 === 0 ? order : order.reverse();
}

/** The value below which a share of all values lies (`0.99` for p99). NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
