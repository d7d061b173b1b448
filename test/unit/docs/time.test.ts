import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { durationMs, isTimeZone } from '../../../contract/time.ts';
import type { Trigger } from '../../../contract/trigger.ts';
import { askUntilKnown } from '../../../main/calendars/ask-until-known.ts';
import { createCalendars } from '../../../main/calendars/calendars.ts';
import { clockChanges } from '../../../main/schedule/clock-changes.ts';
import { cronFaults } from '../../../main/schedule/cron-grammar.ts';
import { explainTime } from '../../../main/schedule/explain-time.ts';
import { nextInstants, nextSlots, whyNever } from '../../../main/schedule/next-slots.ts';
import { traceText } from '../../../main/schedule/trace.ts';
import type { ActiveHours, Rhythm } from '../../../main/schedule/types.ts';
import {
  changesIn,
  dayTablesIn,
  examplesIn,
  wallInstant,
  wallWords,
  type TimeExample,
} from '../../support/time-examples.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const text = readFileSync(new URL('../../../docs/time.md', import.meta.url), 'utf8');
const calendars = createCalendars(virtualClock('2026-06-01T00:00:00Z'));
afterAll(() => calendars.stop());

function rhythmOf({ trigger, timezone, outside, jitter, id }: TimeExample): Rhythm {
  const spread =
    jitter === undefined ? {} : { jitter: { seconds: durationMs(jitter) / 1_000, seed: id ?? '' } };
  return { trigger, timezone, outside, ...spread };
}

/** The hours of an example with what its holidays and its calendar close. */
async function hoursOf({ hours }: TimeExample, aroundMs: number): Promise<ActiveHours | null> {
  if (hours === undefined) return null;
  expect(await calendars.faults(hours.closed)).toEqual([]);
  await calendars.prepare([hours.closed], aroundMs);
  return { ...hours, calendars: calendars.of(hours.closed) };
}

/** What the engine answers to the questions of an example, in the document's form. */
async function answersTo(example: TimeExample): Promise<Partial<TimeExample>> {
  const { trigger, timezone, after, asked, runs, starts, why, refused } = example;
  if (refused !== undefined)
    return {
      refused:
        trigger.kind === 'cron' ? (cronFaults(trigger.expression, 'x')[0]?.message ?? '') : '',
    };
  const rhythm = rhythmOf(example);
  if (asked !== undefined) {
    // A time that is asked about need not exist.
    const localMs = Date.parse(`${asked.slice(4, 14)}T${asked.slice(15, 20)}Z`);
    const hours = await hoursOf(example, localMs);
    const found = await askUntilKnown(calendars, () => explainTime(rhythm, hours, localMs / 1_000));
    return { answer: `${found.runs ? 'yes' : 'no'}: ${traceText(found.why)}` };
  }
  const atMs = wallInstant(after ?? '', timezone);
  const hours = await hoursOf(example, atMs);
  const count = Math.max(runs?.length ?? 0, 1);
  const slots = await askUntilKnown(calendars, () => nextSlots(rhythm, hours, atMs, count));
  const reasons = slots[0]?.trace ?? whyNever(rhythm, hours, atMs);
  return {
    runs: slots.map(({ at }) => wallWords(at, timezone)),
    ...(starts === undefined
      ? {}
      : { starts: slots.map(({ startAt }) => wallWords(startAt, timezone)) }),
    ...(why === undefined ? {} : { why: traceText(reasons) }),
  };
}

/** The runs of a trigger on a date between two wall times, as the document's tables write them. */
function runsOn(trigger: Trigger, zone: string, date: string, from: string, to: string): string {
  const rhythm: Rhythm = { trigger, timezone: zone, outside: 'skip' };
  const midnightMs = Date.parse(`${date}T00:00:00Z`);
  const runs = nextInstants(rhythm, null, midnightMs - 86_400_000, 9_999, midnightMs + 172_800_000)
    .map((at) => wallWords(at, zone))
    .filter((words) => words.slice(4, 14) === date)
    .map((words) => words.slice(15))
    .filter((time) => from <= time && time < to);
  return runs.length === 0 ? 'none' : runs.join(', ');
}

describe('docs/time.md', () => {
  const examples = examplesIn(text);
  const tables = dayTablesIn(text);

  it('has as many examples as it had, and some of every kind', () => {
    expect(examples.length).toBeGreaterThanOrEqual(45);
    expect(new Set(examples.map(({ example }) => example.trigger.kind))).toEqual(
      new Set(['interval', 'calendar', 'cron', 'once']),
    );
    const used = examples.flatMap(({ example }) => Object.keys(example));
    for (const key of ['runs', 'starts', 'why', 'answer', 'refused']) expect(used).toContain(key);
    expect(tables.map(({ zone }) => zone)).toEqual(['America/New_York', 'Europe/Berlin']);
    for (const { rows } of tables) expect(rows.length).toBeGreaterThanOrEqual(6);
  });

  it.each(examples)('is right on line $line', async ({ example }) => {
    const { runs, starts, why, answer, refused } = example;
    const given = Object.entries({ runs, starts, why, answer, refused });
    const expected = Object.fromEntries(given.filter(([, value]) => value !== undefined));
    expect(await answersTo(example)).toEqual(expected);
  });

  it.each(tables)('is right about the days of clock changes in $zone', (table) => {
    const { zone, from, to, columns, rows } = table;
    expect(columns.flat()).toHaveLength(4);
    for (const { trigger, cells } of rows)
      for (const [index, dates] of columns.entries())
        for (const date of dates)
          expect([trigger, date, runsOn(trigger, zone, date, from, to)]).toEqual([
            trigger,
            date,
            cells[index],
          ]);
  });

  it('names the clock changes of 2026 and 2027', () => {
    const told = changesIn(text);
    expect(told.map(([zone]) => zone)).toEqual(['America/New_York', 'Europe/Berlin']);
    for (const [zone = '', ...changes] of told) {
      expect(isTimeZone(zone)).toBe(true);
      const hourly: Rhythm = {
        trigger: { kind: 'interval', every: '1h' },
        timezone: zone,
        outside: 'skip',
      };
      const found = clockChanges(hourly, null, Date.parse('2026-01-01T12:00:00Z'), 4);
      expect(changes).toEqual(
        found.map(({ from, to }) => `${from.slice(0, 10)}, ${from.slice(11)} → ${to.slice(11)}`),
      );
    }
  });

  it('fails for a block that it can not read', () => {
    const block = (body: string, language = 'yaml') =>
      `# A\n\n\`\`\`${language}\n${body}\n\`\`\`\n`;
    expect(() => examplesIn(block('run: now', 'sh'))).toThrow('line 3: a block that is no yaml');
    expect(() => examplesIn(block('trigger: { kind: interval, every: 30m }'))).toThrow(
      'line 3: an example that expects nothing',
    );
    expect(() => examplesIn(block('trigger: { kind: sometimes }\nruns: []'))).toThrow('line 3: ');
    expect(() => wallInstant('Mon 2026-06-02 09:00', 'UTC')).toThrow("doesn't exist in UTC");
  });
});
