import { describe, expect, it } from 'vitest';
import { readHolidays, readPlaces } from '../../../../main/calendars/worker/holidays.ts';
import { localText } from '../../../../main/schedule/zone-data.ts';

/** The holidays of a place in a year, `2026-11-26 Thanksgiving Day`. */
function holidays(code: string, year: number, fromYear = year): readonly string[] {
  const days = readHolidays(code, fromYear, year).get(year)?.days ?? [];
  return [...days]
    .map(([day, name]) => `${localText(day * 86_400).slice(0, 10)} ${name}`)
    .sort((a, b) => a.localeCompare(b));
}

describe('calendars/holidays: dates and names', () => {
  it('knows Thanksgiving in New York, in English', () => {
    expect(holidays('US-NY', 2026)).toContain('2026-11-26 Thanksgiving Day');
    expect(holidays('US-NY', 2026)).toContain('2026-12-25 Christmas Day');
  });

  it('tells Bavaria from Berlin', () => {
    const [bavaria, berlin] = [holidays('DE-BY', 2026), holidays('DE-BE', 2026)];
    expect(bavaria).toContain('2026-01-06 Epiphany');
    expect(berlin).not.toContain('2026-01-06 Epiphany');
    expect(berlin.some((day) => day.startsWith('2026-03-08'))).toBe(true);
    expect(bavaria.some((day) => day.startsWith('2026-03-08'))).toBe(false);
    for (const days of [bavaria, berlin]) expect(days).toContain('2026-10-03 National Holiday');
  });

  it('includes substitute days: Christmas 2027 in Britain falls on a weekend', () => {
    expect(holidays('GB', 2027).filter((day) => day.startsWith('2027-12'))).toEqual([
      '2027-12-25 Christmas Day',
      '2027-12-26 Boxing Day',
      '2027-12-27 Christmas Day (substitute day)',
      '2027-12-28 Boxing Day (substitute day)',
    ]);
  });

  it('includes a substitute day that falls into the year before', () => {
    expect(holidays('US', 2021)).toContain("2021-12-31 New Year's Day (substitute day)");
    expect(holidays('US', 2022)).toContain("2022-01-01 New Year's Day");
  });

  it.each([
    ['HK', '2026-02-17', '2026-02-19'],
    ['CN', '2026-02-17', '2026-02-18'],
  ])('knows the lunar new year of %s', (code, first, last) => {
    const dates = holidays(code, 2026).map((day) => day.slice(0, 10));
    expect(dates).toContain(first);
    expect(dates).toContain(last);
    expect(dates).not.toContain('2026-02-20');
  });

  it('closes the day of a holiday that begins at sunset, not the evening before', () => {
    const dates = holidays('IL', 2026).map((day) => day.slice(0, 10));
    expect(dates).toContain('2026-09-21');
    expect(dates).not.toContain('2026-09-20');
    expect(dates).not.toContain('2026-09-22');
  });

  it('closes every day of a holiday of several days', () => {
    const eid = holidays('SA', 2026).filter((day) => day.includes('Eid al-Adha'));
    expect(eid.map((day) => day.slice(0, 10))).toEqual([
      '2026-05-26',
      '2026-05-27',
      '2026-05-28',
      '2026-05-29',
    ]);
  });

  it('leaves half holidays open: the afternoon before Christmas in Iceland and Guatemala', () => {
    for (const code of ['IS', 'GT'])
      expect(holidays(code, 2026).some((day) => day.startsWith('2026-12-24'))).toBe(false);
  });

  it('leaves out what is no public holiday', () => {
    expect(holidays('US', 2026).some((day) => day.includes("Valentine's Day"))).toBe(false);
  });

  it('tells the same whether years are read alone or together', () => {
    expect(holidays('JP', 2028, 2026)).toEqual(holidays('JP', 2028));
  });

  it('has none in years that no rule is made for, and ends', () => {
    expect(holidays('HK', 1)).toEqual([]);
    expect(holidays('IR', 9999)).toEqual([]);
  });

  it('takes a code in any case', () => {
    expect(holidays('US-ny', 2026)).toEqual(holidays('US-NY', 2026));
  });
});

describe('calendars/holidays: places', () => {
  it.each([
    ['XX', 'names XX, no country whose holidays are known; write one such as US'],
    ['US-QQ', 'names QQ, which is no region of US; write US alone, or US-AL'],
    ['SG-1', 'names 1 in SG, which has no regions; write SG'],
    ['ES-MD-XX', 'names XX in ES-MD, which has no regions; write ES-MD'],
    ['DE-BY-X', 'names X, which is no region of DE-BY; write DE-BY alone, or DE-BY-A'],
  ])('refuses %s and says what to write', (code, message) => {
    expect(() => readHolidays(code, 2026, 2026)).toThrow(message);
  });

  it('lists countries and regions by their English names, each with its whole code', () => {
    const places = readPlaces();
    const germany = places.find(({ code }) => code === 'DE');
    expect(germany?.name).toBe('Germany');
    expect(germany?.regions).toContainEqual({ code: 'DE-BE', name: 'Berlin' });
    expect(germany?.regions.map(({ code }) => code)).toContain('DE-BY-A');
    const names = places.map(({ name }) => name);
    expect(names).toEqual([...names].sort(new Intl.Collator('en').compare));
  });

  it('lists only codes that can be read', () => {
    const germany = readPlaces().find(({ code }) => code === 'DE');
    for (const { code } of germany?.regions ?? []) expect(holidays(code, 2026)).not.toEqual([]);
  });
});
