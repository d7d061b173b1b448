import type { ClosedYear } from '../schedule/closed-calendar.ts';

/** What a calendar closes in a year, as it crosses between threads: numbers, and each name once. */
export interface PackedYear {
  readonly year: number;
  readonly names: readonly string[];
  /** Pairs: a day, and the index of its name. */
  readonly days: readonly number[];
  /** Fours: from, to, 1 where it is floating, and the index of its name. */
  readonly times: readonly number[];
}

/** Packs a year. */
export function packYear(year: number, { days, times }: ClosedYear): PackedYear {
  const indices = new Map<string, number>();
  const indexOf = (name: string): number => {
    const known = indices.get(name);
    if (known !== undefined) return known;
    indices.set(name, indices.size);
    return indices.size - 1;
  };
  return {
    year,
    days: [...days].flatMap(([day, name]) => [day, indexOf(name)]),
    times: times.flatMap(({ from, to, floating, name }) => [
      from,
      to,
      floating ? 1 : 0,
      indexOf(name),
    ]),
    names: [...indices.keys()],
  };
}

/** The year that was packed. */
export function unpackYear({ names, days, times }: PackedYear): ClosedYear {
  const nameAt = (index: number | undefined): string => names[index ?? -1] ?? '';
  const closedDays = new Map<number, string>();
  for (let at = 0; at + 1 < days.length; at += 2)
    closedDays.set(days[at] ?? 0, nameAt(days[at + 1]));
  const closedTimes = [];
  for (let at = 0; at + 3 < times.length; at += 4)
    closedTimes.push({
      from: times[at] ?? 0,
      to: times[at + 1] ?? 0,
      floating: times[at + 2] === 1,
      name: nameAt(times[at + 3]),
    });
  return { days: closedDays, times: closedTimes };
}
