import type { ClosedCalendar, ClosedYear } from '../schedule/closed-calendar.ts';
import type { CalendarSource, YearsRead } from './messages.ts';
import { unpackYear } from './packed-year.ts';

/** Why a calendar, or some years of it, can't be read. */
export interface CalendarFault {
  readonly message: string;
  /** From which reading of the monotonic clock on it may be tried again, ms; infinite for never. */
  readonly againAtMs: number;
}

/** What a calendar is, beside what it closes. */
export interface AboutCalendar {
  /** Its own name, empty where it has none. */
  readonly name: string;
  readonly events: number;
}

/** Years, both included. */
export interface YearSpan {
  readonly from: number;
  readonly to: number;
}

const nothing: ClosedYear = { days: new Map(), times: [] };
const [firstYear, lastYear] = [1, 9999];
const mostYears = 256;
const mostGrowth = 32;

/**
 * A calendar as far as it has been read. A year that hasn't is noted as wanted when it is asked for;
 * one that can't be read closes nothing, and `fault` says why.
 */
export class KnownCalendar implements ClosedCalendar {
  readonly kind: ClosedCalendar['kind'];
  readonly source: CalendarSource;
  /** What was read of it last; null before. */
  about: AboutCalendar | null = null;
  fault: CalendarFault | null = null;
  /** The end of the readings that are under way: two that ask at once read once. */
  turn: Promise<void> = Promise.resolve();
  readonly #onWanted: (calendar: KnownCalendar) => void;
  readonly #years = new Map<number, ClosedYear>();
  readonly #wanted = new Set<number>();
  #growth = 4;

  constructor(source: CalendarSource, onWanted: (calendar: KnownCalendar) => void) {
    this.kind = source.kind;
    this.source = source;
    this.#onWanted = onWanted;
  }

  closedIn(year: number): ClosedYear | undefined {
    const known = this.#years.get(year);
    if (known !== undefined) return known;
    if (year < firstYear || year > lastYear || this.fault !== null) return nothing;
    this.#wanted.add(year);
    this.#onWanted(this);
    return undefined;
  }

  /** What it closes in a year, where that is known; asks for nothing. */
  knownIn(year: number): ClosedYear {
    return this.#years.get(year) ?? nothing;
  }

  /** The years of a span that haven't been read, as one span; null where all are known. */
  missing(span: YearSpan): YearSpan | null {
    let from: number | null = null;
    let to = 0;
    for (let year = Math.max(span.from, firstYear); year <= Math.min(span.to, lastYear); year += 1)
      if (!this.#years.has(year)) {
        from ??= year;
        to = year;
      }
    return from === null ? null : { from, to };
  }

  /**
   * The years to read for those that were asked for in vain: on from the first of them, twice as many
   * each time, since a search that finds nothing open goes on. Those further away are asked for again.
   * Null where none was.
   */
  wantedSpan(): YearSpan | null {
    if (this.#wanted.size === 0) return null;
    const from = Math.min(...this.#wanted);
    this.#growth = Math.min(mostGrowth, this.#growth * 2);
    return { from, to: from + this.#growth - 1 };
  }

  /** Keeps years that were read. Answers whether one of them had been asked for in vain. */
  keep({ years, name, events }: YearsRead): boolean {
    this.about = { name, events };
    let wanted = false;
    for (const packed of years) {
      this.#years.delete(packed.year);
      this.#years.set(packed.year, unpackYear(packed));
      wanted = this.#wanted.delete(packed.year) || wanted;
    }
    for (const year of this.#years.keys()) {
      if (this.#years.size <= mostYears) break;
      this.#years.delete(year);
    }
    return wanted;
  }

  /** Takes note that it can't be read. Answers whether a year had been asked for in vain. */
  fail(fault: CalendarFault): boolean {
    this.fault = fault;
    const wanted = this.#wanted.size > 0;
    this.#wanted.clear();
    return wanted;
  }
}
