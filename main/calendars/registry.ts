import type { Hours } from '../../contract/hours.ts';
import { KnownCalendar } from './known-calendar.ts';
import type { CalendarSource } from './messages.ts';

const mostTexts = 200;
const mostCharacters = 50_000_000;
const mostCodes = 1_000;

type Closed = NonNullable<Hours['closed']>;

/** The calendars there are, one object for each code and each text; those unused longest are let go. */
export class Registry {
  readonly #onWanted: (calendar: KnownCalendar) => void;
  readonly #codes = new Map<string, KnownCalendar>();
  readonly #texts = new Map<string, KnownCalendar>();
  readonly #lists = new WeakMap<Closed, readonly KnownCalendar[]>();
  #characters = 0;

  constructor(onWanted: (calendar: KnownCalendar) => void) {
    this.#onWanted = onWanted;
  }

  /** The calendars of what closes hours: its holidays, then its text. */
  of(closed: Hours['closed']): readonly KnownCalendar[] {
    if (closed === undefined) return [];
    const known = this.#lists.get(closed);
    if (known !== undefined) return known;
    const list: KnownCalendar[] = [];
    if (closed.holidays !== undefined) list.push(this.#holidays(closed.holidays.toUpperCase()));
    if (closed.ics !== undefined) list.push(this.#events(closed.ics));
    this.#lists.set(closed, list);
    return list;
  }

  #holidays(code: string): KnownCalendar {
    const found = this.#use(this.#codes, code, { kind: 'holidays', code });
    if (this.#codes.size > mostCodes) this.#letGo(this.#codes);
    return found;
  }

  #events(text: string): KnownCalendar {
    if (!this.#texts.has(text)) this.#characters += text.length;
    const found = this.#use(this.#texts, text, { kind: 'events', text });
    while (
      this.#texts.size > mostTexts ||
      (this.#characters > mostCharacters && this.#texts.size > 1)
    )
      this.#characters -= this.#letGo(this.#texts);
    return found;
  }

  #use(among: Map<string, KnownCalendar>, key: string, source: CalendarSource): KnownCalendar {
    const calendar = among.get(key) ?? new KnownCalendar(source, this.#onWanted);
    among.delete(key);
    among.set(key, calendar);
    return calendar;
  }

  /** Lets the one unused longest go. Answers the length of its key. */
  #letGo(among: Map<string, KnownCalendar>): number {
    const [key = ''] = among.keys();
    among.delete(key);
    return key.length;
  }
}
