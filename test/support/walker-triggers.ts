import type { Trigger } from '../../contract/trigger.ts';

/** A trigger read plainly: on which dates, at which seconds of which minutes of a day, and is it fixed? */
export interface Reading {
  /** Rule 3: whether its times outlive a gap and run once in a repeated hour. */
  readonly fixed: boolean;
  /** Whether it has times on a date such as `2026-03-08`. */
  readonly onDate: (date: string) => boolean;
  /** The seconds of a minute of the day at which it fires. */
  readonly secondsOf: (minute: number) => readonly number[];
}

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdayNames = 'sun mon tue wed thu fri sat'.split(' ');
const nicknames: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const none: readonly number[] = [];

type OnDate = (date: string) => boolean;

const isStar = (field: string): boolean => field === '*' || field === '?';
const dayOfMonth = (date: string): number => Number(date.slice(8, 10));
const monthOf = (date: string): number => Number(date.slice(5, 7));
const numberOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
/** Sunday is 0. */
const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function lastOfMonth(date: string): number {
  return new Date(Date.UTC(Number(date.slice(0, 4)), monthOf(date), 0)).getUTCDate();
}

/** A cron field of numbers, read the plain way: the set of its values. */
function valuesOf(
  text: string,
  least: number,
  most: number,
  names: readonly string[] = [],
): Set<number> {
  const numberOf = (word: string): number => {
    const index = names.indexOf(word.toLowerCase());
    return index < 0 ? Number(word) : index + least;
  };
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const [range = '', step] = item.split('/');
    const [first = '', last] = range.split('-');
    const from = isStar(range) ? least : numberOf(first);
    let to = step === undefined ? from : most;
    if (isStar(range)) to = most;
    if (last !== undefined) to = numberOf(last);
    for (let value = from; value <= to; value += Number(step ?? 1)) values.add(value);
  }
  return values;
}

/** A weekday item: `1-5`, `fri#2`, `5L`; Sunday is 0 or 7. */
function weekdayItem(item: string): OnDate {
  const match = /^([^#L]+?)(?:#(\d|L)|(L))?$/i.exec(item);
  const [, base = '', nth, last] = match ?? [];
  const weekdays = new Set([...valuesOf(base, 0, 6, weekdayNames)].map((value) => value % 7));
  return (date) => {
    if (!weekdays.has(weekdayOf(date))) return false;
    const day = dayOfMonth(date);
    if (last !== undefined || nth?.toUpperCase() === 'L') return day + 7 > lastOfMonth(date);
    return nth === undefined || Math.ceil(day / 7) === Number(nth);
  };
}

/** `15W`: the workday nearest to a day of the month, in the same month; looked for day by day. */
function isNearestWorkday(wanted: number, date: string): boolean {
  const last = lastOfMonth(date);
  if (wanted > last) return false;
  const isWorkday = (day: number): boolean => {
    const weekday = weekdayOf(`${date.slice(0, 8)}${String(day).padStart(2, '0')}`);
    return day >= 1 && day <= last && weekday !== 0 && weekday !== 6;
  };
  const nearest = [0, -1, 1, -2, 2].map((by) => wanted + by).find(isWorkday);
  return nearest === dayOfMonth(date);
}

/** A day item: `L`, `LW`, `15W` or numbers. */
function dayItem(item: string): OnDate {
  const text = item.toUpperCase();
  if (text === 'L') return (date) => dayOfMonth(date) === lastOfMonth(date);
  if (text === 'LW') return (date) => isNearestWorkday(lastOfMonth(date), date);
  if (text.endsWith('W')) return (date) => isNearestWorkday(Number(text.slice(0, -1)), date);
  const values = valuesOf(text, 1, 31);
  return (date) => values.has(dayOfMonth(date));
}

function cronDates(fields: readonly string[]): OnDate {
  const [dayField = '*', monthField = '*', weekdayField = '*'] = fields;
  const months = valuesOf(monthField, 1, 12, monthNames);
  const both = weekdayField.startsWith('+');
  const weekdays = both ? weekdayField.slice(1) : weekdayField;
  const days = dayField.split(',').map(dayItem);
  const weekdayItems = weekdays.split(',').map(weekdayItem);
  return (date) => {
    if (!months.has(monthOf(date))) return false;
    const day = days.some((holds) => holds(date));
    const weekday = weekdayItems.some((holds) => holds(date));
    if (isStar(weekdays)) return day;
    if (isStar(dayField) || both) return day && weekday;
    return day || weekday;
  };
}

function readCronPlainly(expression: string): Reading {
  const parts = (nicknames[expression] ?? expression).split(' ');
  const times = parts.length === 6 ? parts.slice(0, 3) : ['0', ...parts.slice(0, 2)];
  const [secondField = '', minuteField = '', hourField = ''] = times;
  const seconds = [...valuesOf(secondField, 0, 59)].sort((a, b) => a - b);
  const minutes = valuesOf(minuteField, 0, 59);
  const hours = valuesOf(hourField, 0, 23);
  return {
    fixed: !times.some((field) => /[*?/]/.test(field)),
    onDate: cronDates(parts.slice(-3)),
    secondsOf: (minute) =>
      hours.has(Math.floor(minute / 60)) && minutes.has(minute % 60) ? seconds : none,
  };
}

function atTimes(times: readonly string[]): Reading['secondsOf'] {
  const minutes = new Set(times.map(minutesOf));
  return (minute) => (minutes.has(minute) ? [0] : none);
}

/** So many seconds from the anchor, again and again until just before the next day's anchor. */
function fromAnchor(every: number, anchor: number): Reading['secondsOf'] {
  const table = Array.from({ length: 1_440 }, (): number[] => []);
  for (let passed = 0; passed < 86_400; passed += every) {
    const second = (anchor + passed) % 86_400;
    table[Math.floor(second / 60)]?.push(second % 60);
  }
  for (const seconds of table) seconds.sort((a, b) => a - b);
  return (minute) => table[minute] ?? none;
}

function calendarEntry(entry: number | string): OnDate {
  if (typeof entry === 'number') return (date) => dayOfMonth(date) === entry;
  if (entry === 'last') return (date) => dayOfMonth(date) === lastOfMonth(date);
  return weekdayItem(entry.replace('last', 'L'));
}

/** Reads a trigger the plain way, sharing no code with the engine. */
export function readTrigger(trigger: Trigger): Reading {
  switch (trigger.kind) {
    case 'interval': {
      const count = Number(trigger.every.slice(0, -1));
      const { from = '', at = '', anchor = '00:00' } = trigger;
      if (trigger.every.endsWith('d'))
        return {
          fixed: true,
          onDate: (date) => date >= from && (numberOfDate(date) - numberOfDate(from)) % count === 0,
          secondsOf: atTimes([at]),
        };
      const every = count * (unitSeconds[trigger.every.slice(-1)] ?? 1);
      return {
        fixed: false,
        onDate: () => true,
        secondsOf: fromAnchor(every, minutesOf(anchor) * 60),
      };
    }
    case 'cron':
      return readCronPlainly(trigger.expression);
    case 'calendar': {
      const entries = trigger.on?.map(calendarEntry);
      return {
        fixed: true,
        onDate: (date) =>
          trigger.months?.includes(monthOf(date)) !== false &&
          (entries === undefined || entries.some((holds) => holds(date))),
        secondsOf: atTimes(trigger.at),
      };
    }
    case 'once':
      return {
        fixed: true,
        onDate: (date) => date === trigger.at.slice(0, 10),
        secondsOf: atTimes([trigger.at.slice(11)]),
      };
  }
}
