import type { ClosedView, HolidayPlace } from '../../contract/calendars.ts';
import type { Hours } from '../../contract/hours.ts';
import type { Fault } from '../../contract/result.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ClosedCalendar } from '../schedule/closed-calendar.ts';
import { closedView } from './closed-view.ts';
import type { KnownCalendar, YearSpan } from './known-calendar.ts';
import { threadReader, type Failure, type Reader } from './reader.ts';
import type { Answer } from './messages.ts';
import { Registry } from './registry.ts';

/**
 * The public holidays and imported calendars that close active hours. Their answers are data read
 * before, on a thread of its own; what isn't known yet is asked for by asking.
 */
export interface Calendars {
  /** The calendars that close these hours; the same objects for the same holidays code or ICS text. Empty where there is nothing. */
  of(closed: Hours['closed']): readonly ClosedCalendar[];
  /**
   * Reads what these hours need for the years around an instant (the year before to two years after),
   * so that the first answer is whole. Never rejects: an unreadable one closes nothing it can't name
   * and has faults().
   */
  prepare(closed: readonly Hours['closed'][], aroundMs: number): Promise<void>;
  /**
   * What is wrong: an unknown country or region, a text that is no calendar; with path `holidays` or
   * `ics` and the remedy.
   */
  faults(closed: Hours['closed']): Promise<readonly Fault[]>;
  /**
   * Reads the years that answers have asked for since and that weren't known. Answers whether it read
   * any: then ask again. Call it right after the answer, before anything else is awaited.
   */
  catchUp(): Promise<boolean>;
  /**
   * Rings after years became known that an answer had asked for in vain (outside catchUp too: an
   * answer that touches an unknown year starts the reading by itself, soon, once).
   */
  onRead(listener: () => void): void;
  /** The countries and regions there are, names in English, sorted by name; none where they can't be read. */
  places(): Promise<readonly HolidayPlace[]>;
  /**
   * What a form shows of holidays and ics: the coming ones from an instant on, in a zone. Whole days
   * are dates, `to` the last of them (inclusive, as people read it); stretches of time are wall times,
   * `2026-12-24T12:00`, half-open.
   */
  view(closed: Hours['closed'], zone: string, nowMs: number): Promise<ClosedView>;
  /** Ends the thread. What is known stays; nothing more is read. */
  stop(): Promise<void>;
}

/** How many years one question asks for: each has its own deadline. */
const yearsAQuestion = 4;

/** When a text that was too much may be tried again: the computer may have slept, or been busy. */
const tryAgainMs = 600_000;

class ReadCalendars implements Calendars {
  readonly #clock: Clock;
  readonly #log: Log | undefined;
  readonly #reader: Reader;
  readonly #registry: Registry;
  readonly #listeners: (() => void)[] = [];
  readonly #wanting = new Set<KnownCalendar>();
  #asked = false;
  #soon = false;
  #reading: Promise<void> | null = null;
  #places: readonly HolidayPlace[] | null = null;
  #stopped = false;

  constructor(clock: Clock, reader: Reader, log: Log | undefined) {
    this.#clock = clock;
    this.#reader = reader;
    this.#log = log;
    this.#registry = new Registry((calendar) => {
      this.#want(calendar);
    });
  }

  of(closed: Hours['closed']): readonly ClosedCalendar[] {
    return this.#registry.of(closed);
  }

  async prepare(closed: readonly Hours['closed'][], aroundMs: number): Promise<void> {
    const calendars = new Set(closed.flatMap((one) => this.#registry.of(one)));
    await this.#readAll([...calendars].map((calendar) => [calendar, yearsAround(aroundMs)]));
  }

  async faults(closed: Hours['closed']): Promise<readonly Fault[]> {
    await this.prepare([closed], this.#clock.now());
    return this.#faultsOf(closed);
  }

  async catchUp(): Promise<boolean> {
    const asked = this.#asked;
    this.#asked = false;
    await this.#readWanted();
    return asked;
  }

  onRead(listener: () => void): void {
    this.#listeners.push(listener);
  }

  async places(): Promise<readonly HolidayPlace[]> {
    if (this.#places !== null) return this.#places;
    const told = await this.#reader.ask({ ask: 'places' });
    if (told.told === 'places') this.#places = told.places;
    else if (told.told !== 'years') this.#warn('holidays', told.message);
    return this.#places ?? [];
  }

  async view(closed: Hours['closed'], zone: string, nowMs: number): Promise<ClosedView> {
    await this.prepare([closed], nowMs);
    const faults = this.#faultsOf(closed);
    return { ...closedView(this.#registry.of(closed), yearsAround(nowMs), zone, nowMs), faults };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#reader.stop();
  }

  #faultsOf(closed: Hours['closed']): Fault[] {
    return this.#registry.of(closed).flatMap(({ kind, fault }) => {
      if (fault === null) return [];
      return [{ path: kind === 'holidays' ? 'holidays' : 'ics', message: fault.message }];
    });
  }

  #want(calendar: KnownCalendar): void {
    this.#asked = true;
    this.#wanting.add(calendar);
    if (this.#soon) return;
    this.#soon = true;
    // An answer asks for all its years in one go; after it they are read together.
    queueMicrotask(() => {
      this.#soon = false;
      void this.#readWanted();
    });
  }

  async #readWanted(): Promise<void> {
    while (this.#reading !== null || this.#wanting.size > 0) {
      this.#reading ??= this.#readNow().finally(() => {
        this.#reading = null;
      });
      await this.#reading;
    }
  }

  async #readNow(): Promise<void> {
    const calendars = [...this.#wanting];
    this.#wanting.clear();
    await this.#readAll(
      calendars.flatMap((calendar) => {
        const span = calendar.wantedSpan();
        return span === null ? [] : [[calendar, span] as const];
      }),
    );
  }

  /** Reads spans of calendars, and rings where an answer had asked for one of their years in vain. */
  async #readAll(spans: readonly (readonly [KnownCalendar, YearSpan])[]): Promise<void> {
    const wanted = await Promise.all(
      spans.map(([calendar, span]) => {
        const read = calendar.turn.then(() => this.#read(calendar, span));
        calendar.turn = read.then(() => undefined);
        return read;
      }),
    );
    if (!wanted.includes(true) || this.#stopped) return;
    for (const listener of this.#listeners) listener();
  }

  /** Reads the unknown years of a span, until one can't be. Answers whether one had been wanted. */
  async #read(calendar: KnownCalendar, span: YearSpan): Promise<boolean> {
    if (calendar.fault !== null && this.#clock.monotonic() < calendar.fault.againAtMs) return false;
    calendar.fault = null;
    let wanted = false;
    for (let missing = calendar.missing(span); missing !== null; missing = calendar.missing(span)) {
      const to = Math.min(missing.to, missing.from + yearsAQuestion - 1);
      const { source } = calendar;
      const told = await this.#reader.ask({ ask: 'years', source, from: missing.from, to });
      if (told.told === 'years') wanted = calendar.keep(told) || wanted;
      else return this.#fail(calendar, told) || wanted;
    }
    return wanted;
  }

  #fail(calendar: KnownCalendar, told: Exclude<Answer, { told: 'years' }> | Failure): boolean {
    const message = told.told === 'places' ? "can't be read; try again" : told.message;
    const nowMs = this.#clock.monotonic();
    const againAtMs = told.told !== 'failed' ? Infinity : told.blamed ? nowMs + tryAgainMs : nowMs;
    const { source } = calendar;
    this.#warn(source.kind === 'holidays' ? source.code : 'ics', message);
    return calendar.fail({ message, againAtMs });
  }

  #warn(calendar: string, reason: string): void {
    if (!this.#stopped) this.#log?.warn('calendar not read', { calendar, reason });
  }
}

/** The year before an instant to two years after. */
function yearsAround(ms: number): YearSpan {
  const year = new Date(ms).getUTCFullYear();
  return { from: year - 1, to: year + 2 };
}

/**
 * The calendars, read on a thread of their own that is started when something needs reading. Faults
 * are logged once, when they are found; the text of a calendar is never logged.
 */
export function createCalendars(
  clock: Clock,
  log?: Log,
  reader: Reader = threadReader(clock),
): Calendars {
  return new ReadCalendars(clock, reader, log);
}
