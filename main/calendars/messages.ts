import type { HolidayPlace } from '../../contract/calendars.ts';
import type { PackedYear } from './packed-year.ts';

/** Where a calendar comes from: a holidays code, `US-NY`, or the text of an ICS file. */
export type CalendarSource =
  | { readonly kind: 'holidays'; readonly code: string }
  | { readonly kind: 'events'; readonly text: string };

/** What the reading thread is asked, one question at a time. */
export type Question =
  | {
      readonly ask: 'years';
      readonly source: CalendarSource;
      /** The first and the last year, both included. */
      readonly from: number;
      readonly to: number;
    }
  | { readonly ask: 'places' };

/** The years of a calendar that were read, and what it is. */
export interface YearsRead {
  readonly years: readonly PackedYear[];
  /** Its own name, empty where it has none. */
  readonly name: string;
  /** How many of its events close something. */
  readonly events: number;
}

/** What the reading thread answers: years, places, or why it can't be read. */
export type Answer =
  | ({ readonly told: 'years' } & YearsRead)
  | { readonly told: 'places'; readonly places: readonly HolidayPlace[] }
  | { readonly told: 'refused'; readonly message: string };
