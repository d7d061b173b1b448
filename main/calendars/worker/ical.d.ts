/**
 * What is used of ical.js. Its own types are out of TypeScript's reach: its exports name the program
 * before them.
 */
declare module 'ical.js' {
  /** A wall time without a zone. */
  interface Time {
    readonly year: number;
    readonly month: number;
    readonly day: number;
    readonly hour: number;
    readonly minute: number;
    readonly second: number;
  }

  /** The instances of a rule, the first of them its start; the same object each time. */
  interface RecurIterator {
    next(): Time | null;
  }

  interface Recur {
    iterator(start: Time): RecurIterator;
  }

  interface Duration {
    readonly weeks: number;
    readonly days: number;
    readonly hours: number;
    readonly minutes: number;
    readonly seconds: number;
    readonly isNegative: boolean;
  }

  /** A rule as jCal writes it: `{freq: 'WEEKLY', byday: ['MO', 'TU']}`. */
  export type RecurData = Readonly<Record<string, unknown>>;

  const ICAL: {
    readonly parse: {
      /** One unfolded line as jCal: name, parameters, type, values; throws on what isn't one. */
      property(
        line: string,
      ): [name: string, parameters: Record<string, string | string[]>, type: string, ...unknown[]];
    };
    readonly Recur: { fromData(data: RecurData): Recur };
    readonly Time: { fromData(data: Omit<Time, never> & { readonly isDate: boolean }): Time };
    readonly Duration: {
      fromString(text: string): Duration;
      isValueString(text: string): boolean;
    };
  };
  // The library's only door is its default.
  export { ICAL as default };
}
