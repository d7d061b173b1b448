import { IANAZone } from 'luxon';
import { kept } from '../../contract/kept.ts';
import { RefusedError } from '../../contract/result.ts';
import { dayNumber, daySeconds } from './civil.ts';

/**
 * A stretch of time with one offset, in whole epoch seconds, `[start, end)`. Stretches also end with
 * each UTC year, where nothing changes. Local seconds are `instant + offset`.
 */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
  /** The local second the wall clock had reached before `start`: less than `start + offset` in a gap. */
  readonly gapFrom: number;
  /** The first local second not seen before: more than `start + offset` where an hour repeats. */
  readonly newFrom: number;
}

/**
 * How far apart the samples lie that find a year's changes. The shortest there and back since 1900 took
 * six days and 23 hours (America/Recife, 2000). In years to come, as the zone data sees them, there are
 * only standing rules and Morocco's Ramadan, which lasts over four weeks.
 */
const pastStep = 6 * daySeconds;
const futureStep = 20 * daySeconds;

/** The last year the zone data may know by decree: that of its version, `2026c`, and the one after. */
const lastDecreedYear = Number(/^\d{4}/.exec(process.versions['tz'] ?? '')?.[0] ?? 9_999) + 1;
const lookBack = 30 * 3_600;
const maxZones = 600;
const maxYearsAZone = 200;

class ZoneTable {
  readonly #zone: IANAZone;
  readonly #format: Intl.DateTimeFormat;
  readonly #segmentsOf = kept(maxYearsAZone, (year: number) => this.#build(year));
  readonly #offsets = new Map<string, number>();
  #last: Segment = { start: 0, end: 0, offset: 0, gapFrom: 0, newFrom: 0 };

  constructor(name: string) {
    this.#zone = IANAZone.create(name);
    if (!this.#zone.isValid) {
      const message = `${name} is not a time zone known here; write one such as Europe/Berlin`;
      throw new RefusedError('invalid', `timezone: ${message}`, [{ path: 'timezone', message }]);
    }
    this.#format = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' });
  }

  segmentAt(second: number): Segment {
    const last = this.#last;
    if (second >= last.start && second < last.end) return last;
    const found = this.#find(second);
    this.#last = found;
    return found;
  }

  #find(second: number): Segment {
    const segments = this.#segmentsOf(new Date(second * 1_000).getUTCFullYear());
    const found = segments.find((segment) => second < segment.end);
    if (found === undefined) throw new RangeError(`no offset for second ${String(second)}`);
    return found;
  }

  /** The offset as Intl writes it, `GMT-05:00`: four times quicker to compare than luxon's is to find. */
  #offsetText(second: number): string {
    const text = this.#format.format(second * 1_000);
    return text.slice(text.indexOf('GMT'));
  }

  /** The offset in seconds; asked of luxon once for each text there is. */
  #offset(second: number): number {
    const text = this.#offsetText(second);
    const known = this.#offsets.get(text);
    if (known !== undefined) return known;
    const offset = Math.round(this.#zone.offset(second * 1_000) * 60);
    this.#offsets.set(text, offset);
    return offset;
  }

  /** The first second in `(from, to]` with another offset than `from` has; `to` has another. */
  #changeBetween(from: number, to: number, before: string): number {
    let low = from;
    let high = to;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#offsetText(middle) === before) low = middle;
      else high = middle;
    }
    return high;
  }

  /** The starts of all offsets in `[from, to)`, the first being `from`, found by samples `step` apart. */
  #starts(from: number, to: number, step: number): readonly number[] {
    const starts = [from];
    let at = from;
    let text = this.#offsetText(at);
    while (at < to - 1) {
      const next = Math.min(at + step, to - 1);
      const nextText = this.#offsetText(next);
      while (text !== nextText) {
        at = this.#changeBetween(at, next, text);
        text = this.#offsetText(at);
        starts.push(at);
      }
      at = next;
    }
    return starts;
  }

  /** The segments of one UTC year; a little of the year before tells what the clock had shown. */
  #build(year: number): readonly Segment[] {
    const start = dayNumber(year, 1, 1) * daySeconds;
    const end = dayNumber(year + 1, 1, 1) * daySeconds;
    const step = year > lastDecreedYear ? futureStep : pastStep;
    const starts = this.#starts(start - lookBack, end, step);
    const offsets = starts.map((at) => this.#offset(at));
    const segments: Segment[] = [];
    let seenUntil = Number.NEGATIVE_INFINITY;
    starts.forEach((at, index) => {
      const offset = offsets[index] ?? 0;
      const until = starts[index + 1] ?? end;
      const from = Math.max(at, start);
      const reached = at + (offsets[index - 1] ?? offset);
      if (until > start)
        segments.push({
          start: from,
          end: until,
          offset,
          gapFrom: at < start ? from + offset : Math.min(reached, from + offset),
          newFrom: Math.max(seenUntil, from + offset),
        });
      seenUntil = Math.max(seenUntil, until + offset);
    });
    return segments;
  }
}

const tableOf = kept(maxZones, (zone: string) => new ZoneTable(zone));

/**
 * The segment of constant offset that holds an instant (whole epoch seconds). Tables are built a year
 * at a time, when first needed, and kept. An unknown zone is refused as `invalid`.
 */
export function segmentAt(zone: string, second: number): Segment {
  return tableOf(zone).segmentAt(second);
}
