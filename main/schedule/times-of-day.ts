import { daySeconds } from './civil.ts';

/** Times of a day, in seconds from its midnight: the first one at or after `second`, null if none is. */
export type TimesOfDay = (second: number) => number | null;

/** One time after the other, from `anchor` every `every` seconds until just before the next anchor. */
export function everyFromAnchor(every: number, anchor: number): TimesOfDay {
  const beforeMidnight = Math.ceil((daySeconds - anchor) / every);
  const afterMidnight = anchor + beforeMidnight * every - daySeconds;
  return (second) => {
    if (second < anchor) {
      const steps = Math.max(0, Math.ceil((second - afterMidnight) / every));
      const early = afterMidnight + steps * every;
      if (early < anchor) return early;
    }
    const steps = Math.max(0, Math.ceil((second - anchor) / every));
    const late = anchor + steps * every;
    return late < daySeconds ? late : null;
  };
}

/** The times of a list. */
export function listedTimes(seconds: readonly number[]): TimesOfDay {
  const sorted = [...new Set(seconds)].sort((a, b) => a - b);
  return (second) => sorted.find((one) => one >= second) ?? null;
}

/** For each value of a field, the first allowed one at or after it; -1 where none is left. */
function following(allowed: readonly number[]): Int8Array {
  const next = new Int8Array(allowed.length + 1).fill(-1);
  for (let value = allowed.length - 1; value >= 0; value -= 1)
    next[value] = allowed[value] === 0 ? (next[value + 1] ?? -1) : value;
  return next;
}

/** The times whose hour, minute and second are each allowed (1) in these lists. */
export function combinedTimes(
  hours: readonly number[],
  minutes: readonly number[],
  seconds: readonly number[],
): TimesOfDay {
  const nextHour = following(hours);
  const nextMinute = following(minutes);
  const nextSecond = following(seconds);
  const from = (table: Int8Array, value: number): number => table[value] ?? -1;
  const whole = (hour: number, minute: number, second: number): number | null =>
    hour < 0 ? null : hour * 3_600 + minute * 60 + second;
  const firstMinute = from(nextMinute, 0);
  const firstSecond = from(nextSecond, 0);
  return (second) => {
    const hour = Math.floor(second / 3_600);
    const minute = Math.floor(second / 60) % 60;
    const sameHour = from(nextHour, hour);
    if (sameHour !== hour) return whole(sameHour, firstMinute, firstSecond);
    const sameMinute = from(nextMinute, minute);
    if (sameMinute === minute) {
      const found = from(nextSecond, second % 60);
      if (found >= 0) return whole(hour, minute, found);
    }
    const laterMinute = sameMinute === minute ? from(nextMinute, minute + 1) : sameMinute;
    if (laterMinute >= 0) return whole(hour, laterMinute, firstSecond);
    return whole(from(nextHour, hour + 1), firstMinute, firstSecond);
  };
}
