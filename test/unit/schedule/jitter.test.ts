import { describe, expect, it } from 'vitest';
import { nextSlots, nextStart } from '../../../main/schedule/next-slots.ts';
import { lengthWords } from '../../../main/schedule/words.ts';
import type { ActiveHours, Rhythm } from '../../../main/schedule/types.ts';

const from = Date.parse('2026-11-25T12:00:00Z');

function rhythm(every: string, seconds: number, seed = 'posts'): Rhythm {
  return {
    trigger: { kind: 'interval', every },
    timezone: 'UTC',
    outside: 'skip',
    jitter: { seconds, seed },
  };
}

function delays(asked: Rhythm, hours: ActiveHours | null = null, count = 200): readonly number[] {
  return nextSlots(asked, hours, from, count).map(({ at, startAt }) => (startAt - at) / 1_000);
}

describe('schedule/jitter', () => {
  it('puts each start off by whole seconds, less than the jitter, evenly spread', () => {
    const found = delays(rhythm('1h', 300), null, 1_000);
    expect(found.every((delay) => Number.isInteger(delay) && delay >= 0 && delay < 300)).toBe(true);
    for (const fifth of [0, 60, 120, 180, 240]) {
      const share = found.filter((delay) => delay >= fifth && delay < fifth + 60).length;
      expect(share).toBeGreaterThan(150);
      expect(share).toBeLessThan(250);
    }
  });

  it('leaves the slots where they are', () => {
    const plain = nextSlots(rhythm('1h', 0), null, from, 5).map(({ at }) => at);
    expect(nextSlots(rhythm('1h', 1_800), null, from, 5).map(({ at }) => at)).toEqual(plain);
  });

  it('draws the same for the same schedule and slot, whenever one asks, and another for others', () => {
    const asked = rhythm('1h', 600);
    const all = nextSlots(asked, null, from, 3);
    expect(nextSlots(asked, null, (all[0]?.at ?? 0) + 1, 2)).toEqual(
      all.slice(1).map((slot) => expect.objectContaining({ startAt: slot.startAt }) as unknown),
    );
    expect(nextStart(asked, null, from)).toEqual({ at: all[0]?.at, startAt: all[0]?.startAt });
    expect(delays(rhythm('1h', 600, 'other'))).not.toEqual(delays(asked));
  });

  it('starts before the next slot, however long the jitter', () => {
    expect(Math.max(...delays(rhythm('1m', 3_600)))).toBeLessThan(60);
  });

  it('starts before the hours close', () => {
    const hours: ActiveHours = { week: { wed: ['09:00-12:30'], thu: ['09:00-09:01'] } };
    const slots = nextSlots(rhythm('30m', 1_200), hours, Date.parse('2026-11-25T08:00:00Z'), 8);
    expect(slots.map(({ local }) => local.slice(8, 16))).toEqual([
      '25T09:00',
      '25T09:30',
      '25T10:00',
      '25T10:30',
      '25T11:00',
      '25T11:30',
      '25T12:00',
      '26T09:00',
    ]);
    expect((slots[7]?.startAt ?? 0) - (slots[7]?.at ?? 0)).toBeLessThan(60_000);
  });

  it('says in the last step by how much, and when it starts', () => {
    const [slot] = nextSlots(rhythm('1h', 600), null, from, 1);
    const seconds = ((slot?.startAt ?? 0) - (slot?.at ?? 0)) / 1_000;
    const start = new Date(slot?.startAt ?? 0).toISOString().slice(0, 19);
    expect(slot?.trace.at(-1)).toEqual({
      code: 'jitter',
      params: { seconds, at: start },
      text: `spread by ${lengthWords(seconds * 1_000)} → ${start.slice(11)}`,
    });
  });
});
