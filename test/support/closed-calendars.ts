import { dayNumberOf } from '../../main/schedule/civil.ts';
import type {
  ClosedCalendar,
  ClosedTime,
  ClosedYear,
} from '../../main/schedule/closed-calendar.ts';

/** What a test's calendar closes: dates with names, and times. */
export interface PlainCalendar {
  readonly days?: Readonly<Record<string, string>>;
  /** From and to, as instants (`…Z`) or, floating, as wall times without a zone. */
  readonly times?: readonly (readonly [from: string, to: string, name: string])[];
}

function timeOf([from, to, name]: readonly [string, string, string]): ClosedTime {
  const floating = !from.endsWith('Z');
  const second = (text: string): number => Date.parse(floating ? `${text}:00Z` : text) / 1_000;
  return { from: second(from), to: second(to), floating, name };
}

/** Whether a time touches a year or the days around it. */
function touches({ from, to }: ClosedTime, year: number): boolean {
  const day = 86_400;
  const start = Date.UTC(year, 0, 1) / 1_000 - day;
  return to > start && from < Date.UTC(year + 1, 0, 1) / 1_000 + day;
}

/** A calendar that knows every year, or only those it is given. */
export function aCalendar(
  kind: ClosedCalendar['kind'],
  { days = {}, times = [] }: PlainCalendar,
  knows: (year: number) => boolean = () => true,
): ClosedCalendar {
  const numbers = new Map(Object.entries(days).map(([date, name]) => [dayNumberOf(date), name]));
  const sorted = times.map(timeOf).sort((one, other) => one.from - other.from);
  const years = new Map<number, ClosedYear>();
  return {
    kind,
    closedIn: (year) => {
      if (!knows(year)) return undefined;
      const known = years.get(year);
      if (known !== undefined) return known;
      const closed = { days: numbers, times: sorted.filter((time) => touches(time, year)) };
      years.set(year, closed);
      return closed;
    },
  };
}
