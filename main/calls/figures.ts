/** The value below which this share of all values lies (nearest rank), or null where there are none. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

/** The median, or null where there are no values. */
export function median(values: readonly number[]): number | null {
  return percentile(values, 0.5);
}
