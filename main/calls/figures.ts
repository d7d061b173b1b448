/**
 * The value below which this share of all values lies (nearest rank), or null where there are none.
 * Whole: the wire knows no parts of a millisecond.
 */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return found === undefined ? null : Math.round(found);
}

/** The median, or null where there are no values. */
export function median(values: readonly number[]): number | null {
  return percentile(values, 0.5);
}
