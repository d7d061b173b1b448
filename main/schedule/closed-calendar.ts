/** A stretch of time that a calendar closes, half-open, in whole seconds. */
export interface ClosedTime {
  /** Epoch seconds; where it is `floating`, seconds of the wall clock, whatever the zone. */
  readonly from: number;
  readonly to: number;
  /** Whether its times are those of the schedule's zone: an ICS event that names none. */
  readonly floating: boolean;
  readonly name: string;
}

/** What a calendar closes in one year. */
export interface ClosedYear {
  /** Closed local dates, as day numbers, each with the name of what closes it. */
  readonly days: ReadonlyMap<number, string>;
  /** Closed times that touch the year or the days around it, ordered by their start. */
  readonly times: readonly ClosedTime[];
}

/**
 * Days and times that close active hours beside their own week and dates: public holidays or an
 * imported calendar. Answers are data that was read before; reading happens elsewhere
 * (main/calendars), so that the engine stays pure and quick.
 */
export interface ClosedCalendar {
  readonly kind: 'holidays' | 'events';
  /** What it closes in a year of the wall clock; undefined where that year hasn't been read yet. */
  closedIn(year: number): ClosedYear | undefined;
}
