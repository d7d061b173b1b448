import { describe, expect, it } from 'vitest';
import { numberReader } from '../../../../main/scrape/page/parse-number.ts';

describe('scrape/page/parse-number', () => {
  it.each([
    ['en', '$1,234.50', 1234.5],
    ['en', 'from 12 to 20', 12],
    ['en', '.5 kg', 0.5],
    ['en', '−€12.5', -12.5],
    ['en', '-7 %', -7],
    ['en', '5-10 pieces', 5],
    ['en', 'A4', 4],
    ['de', '1.234,56 €', 1234.56],
    ['de', 'EUR 1.234.567', 1234567],
    ['de', '12,5', 12.5],
    ['fr', '1\u202f234,5 €', 1234.5],
    ['fr', '1 234', 1234],
    ['de-CH', 'CHF 1’234.50', 1234.5],
    ['de-CH', "CHF 1'234.50", 1234.5],
    ['es', '1.234,5', 1234.5],
    ['pl', '12 345,50 zł', 12345.5],
    ['hi', '१२,३४,५६७.५', 1234567.5],
    ['ar-EG', '١٬٢٣٤٫٥', 1234.5],
    ['ja', '１２３円', 123],
  ])('reads in %s %s as %d', (locale, text, value) => {
    expect(numberReader(locale)(text)).toBe(value);
  });

  it.each([
    ['en', '1,23', 'a group of two digits'],
    ['de', '1.23', 'an English decimal point'],
    ['en', 'v1.2.3', 'a version'],
    ['en', 'none', 'no digits'],
    ['en', '9'.repeat(400), 'what no number holds'],
  ])('refuses in %s %s: %s', (locale, text) => {
    expect(numberReader(locale)(text)).toBeNull();
  });
});
