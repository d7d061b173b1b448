import { latinDigits } from './digits.ts';
import { escapePattern } from './escape-pattern.ts';

/** What may stand for a separator: blanks of any kind for a blank, both apostrophes for one. */
function separatorClass(separator: string): string {
  if (/^\s$/.test(separator)) return '\\s';
  if (separator === "'" || separator === '’') return "'’";
  return escapePattern(separator);
}

function separatorsOf(locale: string): { readonly group: string; readonly decimal: string } {
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(1234567.8);
  const part = (type: string, fallback: string): string =>
    parts.find((one) => one.type === type)?.value ?? fallback;
  return { group: part('group', ','), decimal: part('decimal', '.') };
}

function numberPattern(locale: string): RegExp {
  const { group, decimal } = separatorsOf(locale);
  const groups = separatorClass(group);
  const decimals = escapePattern(decimal);
  // A blank also parts words, so it may touch a number's ends; the other separators may not.
  const touching = `${groups === '\\s' ? '' : groups}${decimals}`;
  const sign = '(?<sign>(?<![\\p{L}\\d])[-−]\\s?\\p{Sc}?\\s?)?';
  const whole = `\\d{1,3}(?:[${groups}]\\d{2,3})*[${groups}]\\d{3}|\\d+`;
  const ends = `(?!\\d|[${touching}]\\d)`;
  const body = `(?:(?<whole>${whole})(?:[${decimals}](?<part>\\d+))?|[${decimals}](?<bare>\\d+))`;
  return new RegExp(`${sign}(?<![\\d${touching}])${body}${ends}`, 'u');
}

/**
 * Reads the first number in a text as its locale writes numbers: `1.234,56 €` in `de` is 1234.56.
 * Currency signs, units and words around it are passed over. Null where there is no number, or where
 * what stands there isn't one of this locale: `1,23` in `en` is refused, not taken for 123.
 */
export function numberReader(locale: string): (text: string) => number | null {
  const toLatin = latinDigits(locale);
  const pattern = numberPattern(locale);
  return (text) => {
    const groups = pattern.exec(toLatin(text))?.groups;
    if (groups === undefined) return null;
    const whole = (groups['whole'] ?? '0').replace(/\D/gu, '');
    const value = Number(`${whole}.${groups['part'] ?? groups['bare'] ?? '0'}`);
    if (!Number.isFinite(value)) return null;
    return groups['sign'] === undefined ? value : -value;
  };
}
