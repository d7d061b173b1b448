/** Words of a locale that stand for a number: months 1 to 12, or morning 0 and afternoon 12. */
export type Names = ReadonlyMap<string, number>;

// 2 January 2023 is a Monday.
const monday = Date.UTC(2023, 0, 2, 12);
const dayMs = 86_400_000;

/** A name as it is compared: lower case, without a closing point. */
export function nameKey(name: string, locale: string): string {
  return name.toLocaleLowerCase(locale).replace(/\.$/, '').trim();
}

function partOf(
  locale: string,
  options: Intl.DateTimeFormatOptions,
  type: Intl.DateTimeFormatPartTypes,
  atMs: number,
): string {
  const format = new Intl.DateTimeFormat(locale, {
    ...options,
    timeZone: 'UTC',
    calendar: 'gregory',
    numberingSystem: 'latn',
  });
  return format.formatToParts(atMs).find((part) => part.type === type)?.value ?? '';
}

/** Adds beginnings of at least three letters that fit one name only: `Sept` for September. */
function withBeginnings(full: ReadonlyMap<string, number>): Names {
  const names = new Map<string, number>();
  const ambiguous = new Set<string>();
  for (const [name, value] of full)
    for (let length = 3; length < name.length; length += 1) {
      const start = name.slice(0, length);
      if ((names.get(start) ?? value) !== value) ambiguous.add(start);
      names.set(start, value);
    }
  for (const start of ambiguous) names.delete(start);
  for (const [name, value] of full) names.set(name, value);
  return names;
}

/** The months of a locale in all the forms a page may use: long, short, standing alone, beside a day. */
export function monthNames(locale: string): Names {
  const names = new Map<string, number>();
  for (let month = 1; month <= 12; month += 1) {
    const atMs = Date.UTC(2023, month - 1, 15, 12);
    for (const style of ['long', 'short'] as const)
      for (const options of [{ month: style }, { month: style, day: 'numeric' }] as const)
        names.set(nameKey(partOf(locale, options, 'month', atMs), locale), month);
  }
  names.delete('');
  return withBeginnings(names);
}

/** The weekdays of a locale, long and short; Monday is 1. */
export function weekdayNames(locale: string): Names {
  const names = new Map<string, number>();
  for (let day = 1; day <= 7; day += 1)
    for (const style of ['long', 'short'] as const) {
      const name = partOf(locale, { weekday: style }, 'weekday', monday + (day - 1) * dayMs);
      names.set(nameKey(name, locale), day);
    }
  names.delete('');
  return withBeginnings(names);
}

/** The words for morning (0) and afternoon (12) of a locale, and the English ones. */
export function meridiemNames(locale: string): Names {
  const names = new Map<string, number>([
    ['am', 0],
    ['a.m', 0],
    ['pm', 12],
    ['p.m', 12],
  ]);
  for (const hour of [0, 12]) {
    const options = { hour: 'numeric', hour12: true } as const;
    const atMs = monday - dayMs / 2 + (hour + 9) * 3_600_000;
    names.set(nameKey(partOf(locale, options, 'dayPeriod', atMs), locale), hour);
  }
  names.delete('');
  return names;
}
