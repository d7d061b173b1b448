import type { RecordRow } from '../../../contract/ledger.ts';
import styles from './RecordValue.module.css';

/** A value as it was read: text with its whole length under the pointer, addresses to follow, a dash for nothing. */
export function RecordValue({
  value,
  decimals = 0,
}: {
  readonly value: RecordRow[string] | undefined;
  /** The least decimals of a number. */
  readonly decimals?: number;
}) {
  if (value === null || value === undefined)
    return (
      <span className={styles.none} aria-label="nothing">
        –
      </span>
    );
  if (typeof value === 'number') return <>{numberText(value, decimals)}</>;
  if (typeof value === 'boolean') return <>{value ? 'yes' : 'no'}</>;
  const text = Array.isArray(value) ? value.map(String).join(', ') : value;
  if (/^https?:\/\//.test(text))
    return (
      <a className={styles.link} href={text} title={text} target="_blank" rel="noreferrer noopener">
        {text.replace(/^https?:\/\/(www\.)?/, '')}
      </a>
    );
  return <span title={text.length > 30 ? text : undefined}>{text}</span>;
}

/** A number as it was read, filled up with zeros; never rounded. */
function numberText(value: number, decimals: number): string {
  const text = String(value);
  const has = text.split('.')[1]?.length ?? 0;
  return has >= decimals || text.includes('e') ? text : value.toFixed(decimals);
}
