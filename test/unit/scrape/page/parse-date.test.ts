import { describe, expect, it } from 'vitest';
import { compileDateFormat, DateFormatError } from '../../../../main/scrape/page/date-format.ts';
import { dateReader } from '../../../../main/scrape/page/parse-date.ts';

describe('scrape/page/parse-date', () => {
  it.each([
    ['MMMM d, yyyy', 'en', 'Posted November 21, 2026 - by a bird', '2026-11-21'],
    ['MMM d, yyyy', 'en', 'Sept. 3, 2026', '2026-09-03'],
    ['MMMM d, yyyy', 'en', 'NOV 3, 2026', '2026-11-03'],
    ['d MMMM yyyy', 'ru', '21 ноября 2026 г.', '2026-11-21'],
    ['LLLL yyyy d', 'ru', 'ноябрь 2026 21', '2026-11-21'],
    ['d. MMM yyyy', 'de', '3. Mär. 2026', '2026-03-03'],
    ['EEEE, d. MMMM yyyy', 'de', 'Samstag, 21. November 2026', '2026-11-21'],
    ['d MMM yyyy', 'fr', '3 juil. 2026', '2026-07-03'],
    ["d 'de' MMMM 'de' yyyy", 'es', '21 de noviembre de 2026', '2026-11-21'],
    ['yyyy年M月d日', 'ja', '2026年3月5日', '2026-03-05'],
    ['yyyy. M. d.', 'ko', '2026. 3. 5.', '2026-03-05'],
    ['dd/MM/yyyy', 'ar-EG', '٢١/١١/٢٠٢٦', '2026-11-21'],
    ['d MMMM yyyy', 'cs', '3 listopadu 2026', '2026-11-03'],
    ['yyyyMMdd', 'en', '20261121', '2026-11-21'],
    ['dd.MM.yy', 'de', '21.11.26', '2026-11-21'],
    ['dd.MM.yy', 'de', '21.11.61', '1961-11-21'],
    ['d/M/yyyy', 'en', '29/2/2028', '2028-02-29'],
    ['dd.MM.yyyy HH:mm', 'de', '21.11.2026 18:45', '2026-11-21'],
    ['yyyy-MM-dd HH:mm ZZ', 'en', '2026-11-21 00:30 +02:00', '2026-11-20T22:30:00Z'],
    ['yyyy-MM-dd HH:mm Z', 'en', '2026-11-21 00:30 -5', '2026-11-21T05:30:00Z'],
    ['MM/dd/yyyy hh:mm:ss a ZZZ', 'en', '11/21/2026 12:05:09 AM UTC', '2026-11-21T00:05:09Z'],
    ['MM/dd/yyyy h:mm a Z', 'en', '11/21/2026 6:45 p.m. +0100', '2026-11-21T17:45:00Z'],
    ['yyyy-MM-dd a h:mm Z', 'ko', '2026-11-21 오후 6:45 +09:00', '2026-11-21T09:45:00Z'],
    ['X', 'en', '1795243500', '2026-11-21T06:45:00Z'],
    ['x', 'en', 'at 1795243500999', '2026-11-21T06:45:00Z'],
  ])('reads %s in %s from "%s" as %s', (format, locale, text, value) => {
    expect(dateReader(format, locale)(text)).toBe(value);
  });

  it.each([
    ['2026-11-21', '2026-11-21'],
    ['2026-11-21T06:45:00.123+01:00', '2026-11-21T05:45:00Z'],
    ['2026-11-21T06:45Z', '2026-11-21T06:45:00Z'],
    ['updated 2026-11-21 06:45, local', '2026-11-21'],
  ])('reads ISO 8601 without a format: %s', (text, value) => {
    expect(dateReader(undefined, 'en')(text)).toBe(value);
  });

  it.each([
    ['d/M/yyyy', '30/2/2026', 'a day that does not exist'],
    ['d/M/yyyy', '1/13/2026', 'a month that does not exist'],
    ['dd.MM.yy', '21.11.2026', 'four digits for two'],
    ['yyyy-MM-dd', '12026-11-21', 'a date inside a longer number'],
    ['MMMM d, yyyy', 'Ju 3, 2026', 'a beginning that fits two months'],
    ['yyyy-MM-dd HH:mm Z', '2026-11-21 24:30 Z', 'an hour that does not exist'],
    ['yyyy-MM-dd h:mm a Z', '2026-11-21 13:00 PM Z', 'thirteen in the afternoon'],
    ['MMMM d, yyyy', 'soon', 'no date'],
  ])('reads with %s nothing from "%s": %s', (format, text) => {
    expect(dateReader(format, 'en')(text)).toBeNull();
  });
});

describe('scrape/page/date-format', () => {
  it.each([
    ['YYYY-MM-DD', 'has YYYY, which'],
    ['d of MMMM yyyy', 'has o, which'],
    ['d de MMMM yyyy', 'put plain words in single quotes'],
    ['MMMM yyyy', "doesn't read the day"],
    ['HH:mm', "doesn't read the year and the month and the day"],
    ['d d M yyyy', 'reads the day twice'],
    ["d 'de MMMM yyyy", 'opens a single quote'],
  ])('refuses %s with the remedy', (format, message) => {
    expect(() => compileDateFormat(format, 'en')).toThrow(DateFormatError);
    expect(() => compileDateFormat(format, 'en')).toThrow(message);
  });
});
