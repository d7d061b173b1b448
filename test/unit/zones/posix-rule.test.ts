import { describe, expect, it } from 'vitest';
import { offsetByRule, readPosixRule } from '../../../main/zones/posix-rule.ts';

/** The offset of a rule at an instant, in hours. */
function hoursAt(text: string, at: string): number {
  const rule = readPosixRule(text);
  if (rule === null) throw new Error(`not a rule: ${text}`);
  return offsetByRule(rule, Date.parse(at) / 1_000) / 3_600;
}

describe('zones/posix-rule', () => {
  it.each([
    ['UTC0', '2040-06-01T00:00:00Z', 0],
    ['IST-5:30', '2040-06-01T00:00:00Z', 5.5],
    ['<-03>3', '2040-06-01T00:00:00Z', -3],
    ['<+1245>-12:45', '2040-06-01T00:00:00Z', 12.75],
    ['EST5EDT,M3.2.0,M11.1.0', '2040-03-11T06:59:59Z', -5],
    ['EST5EDT,M3.2.0,M11.1.0', '2040-03-11T07:00:00Z', -4],
    ['EST5EDT,M3.2.0,M11.1.0', '2040-11-04T05:59:59Z', -4],
    ['EST5EDT,M3.2.0,M11.1.0', '2040-11-04T06:00:00Z', -5],
    ['EST5EDT,M3.2.0,M11.1.0', '2040-12-31T23:00:00Z', -5],
    // The last Sunday: the fifth, or the fourth where there is no fifth.
    ['CET-1CEST,M3.5.0,M10.5.0/3', '2041-03-31T00:59:59Z', 1],
    ['CET-1CEST,M3.5.0,M10.5.0/3', '2041-03-31T01:00:00Z', 2],
    ['CET-1CEST,M3.5.0,M10.5.0/3', '2041-10-27T00:59:59Z', 2],
    ['CET-1CEST,M3.5.0,M10.5.0/3', '2041-10-27T01:00:00Z', 1],
    // Half an hour of summer time, in the south.
    ['<+1030>-10:30<+11>-11,M10.1.0,M4.1.0', '2041-01-01T00:00:00Z', 11],
    ['<+1030>-10:30<+11>-11,M10.1.0,M4.1.0', '2041-07-01T00:00:00Z', 10.5],
    ['<+1030>-10:30<+11>-11,M10.1.0,M4.1.0', '2041-10-05T15:29:59Z', 10.5],
    ['<+1030>-10:30<+11>-11,M10.1.0,M4.1.0', '2041-10-05T15:30:00Z', 11],
    // Ireland's winter is the exception, an hour behind its standard time.
    ['IST-1GMT0,M10.5.0,M3.5.0/1', '2041-01-15T12:00:00Z', 0],
    ['IST-1GMT0,M10.5.0,M3.5.0/1', '2041-07-15T12:00:00Z', 1],
    // Before midnight: the day before (RFC 8536, section 3.3.1).
    ['<-02>2<-01>,M3.5.0/-1,M10.5.0/0', '2041-03-31T00:59:59Z', -2],
    ['<-02>2<-01>,M3.5.0/-1,M10.5.0/0', '2041-03-31T01:00:00Z', -1],
    // Summer time all year, as RFC 8536 writes it.
    ['EST5EDT,0/0,J365/25', '2041-01-01T04:59:59Z', -4],
    ['EST5EDT,0/0,J365/25', '2041-01-01T05:00:00Z', -4],
    ['EST5EDT,0/0,J365/25', '2041-12-31T23:00:00Z', -4],
    // Day 60 of the Julian count is 1 March, in a leap year too; the other count knows 29 February.
    ['AAA0BBB,J60/0,J300/0', '2040-02-29T23:59:59Z', 0],
    ['AAA0BBB,J60/0,J300/0', '2040-03-01T00:00:00Z', 1],
    ['AAA0BBB,59/0,300/0', '2040-02-29T00:00:00Z', 1],
    ['AAA0BBB,59/0,300/0', '2040-02-28T23:59:59Z', 0],
  ])('reads %s at %s as %d hours', (rule, at, hours) => {
    expect(hoursAt(rule, at)).toBe(hours);
  });

  it.each([
    '',
    'E5',
    'EST',
    'EST5EDT',
    'EST5EDT,M3.2.0',
    'EST5EDT,M13.2.0,M11.1.0',
    'EST5EDT,M3.6.0,M11.1.0',
    'EST5EDT,M3.2.7,M11.1.0',
    'EST5EDT,J0,J365',
    'EST5EDT,366,J365',
    '<E>5',
    'EST5 ',
    ':America/New_York',
  ])('takes %j for no rule', (text) => {
    expect(readPosixRule(text)).toBeNull();
  });
});
