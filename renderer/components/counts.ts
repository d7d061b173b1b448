import type { RunCounts } from '../../contract/ledger.ts';

const numbers = new Intl.NumberFormat('en-GB', { useGrouping: true });

/** A count with its thousands apart: `12,480`. */
export function countText(count: number): string {
  return numbers.format(count);
}

/** A count and its noun: `1 row`, `237 rows`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${countText(count)} ${count === 1 ? noun : plural}`;
}

/** What is different since the last good run: `3 new, 1 changed`, or `no change`. */
export function changeText(counts: RunCounts): string {
  const parts = [
    counts.new > 0 && `${countText(counts.new)} new`,
    counts.changed > 0 && `${countText(counts.changed)} changed`,
    counts.gone > 0 && `${countText(counts.gone)} gone`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'no change' : parts.join(', ');
}
