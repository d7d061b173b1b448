import { meridiemNames, monthNames, nameKey, weekdayNames, type Names } from './date-names.ts';
import { escapePattern } from './escape-pattern.ts';

/** What a piece of a date says. */
export type DatePart =
  | 'year'
  | 'month'
  | 'day'
  | 'weekday'
  | 'hour'
  | 'minute'
  | 'second'
  | 'meridiem'
  | 'offset'
  | 'fraction'
  | 'epochSeconds'
  | 'epochMs';

/** A compiled date format: a pattern whose groups are named after the parts they read. */
export interface DateFormat {
  readonly pattern: RegExp;
  readonly parts: ReadonlySet<DatePart>;
  /** The number behind a matched piece; offsets are in minutes. */
  readonly numberOf: (part: DatePart, text: string) => number;
}

/** A date format that can't be read; the message says what is wrong and what to write instead. */
export class DateFormatError extends Error {}

const offsetPattern = '(?:Z|UTC|GMT|[+−-]\\d{1,2}(?::?\\d{2})?)';

/** Tokens of digits, with the digits they take. */
const digitTokens: Readonly<Record<string, readonly [DatePart, string]>> = {
  y: ['year', '\\d{1,4}'],
  yy: ['year', '\\d{2}'],
  yyyy: ['year', '\\d{4}'],
  M: ['month', '\\d{1,2}'],
  MM: ['month', '\\d{2}'],
  L: ['month', '\\d{1,2}'],
  LL: ['month', '\\d{2}'],
  d: ['day', '\\d{1,2}'],
  dd: ['day', '\\d{2}'],
  H: ['hour', '\\d{1,2}'],
  HH: ['hour', '\\d{2}'],
  h: ['hour', '\\d{1,2}'],
  hh: ['hour', '\\d{2}'],
  m: ['minute', '\\d{1,2}'],
  mm: ['minute', '\\d{2}'],
  s: ['second', '\\d{1,2}'],
  ss: ['second', '\\d{2}'],
  S: ['fraction', '\\d{1,3}'],
  SSS: ['fraction', '\\d{3}'],
  u: ['fraction', '\\d{1,9}'],
  X: ['epochSeconds', '\\d{1,11}'],
  x: ['epochMs', '\\d{1,14}'],
};

const wordTokens: Readonly<Record<string, DatePart>> = {
  MMM: 'month',
  MMMM: 'month',
  LLL: 'month',
  LLLL: 'month',
  EEE: 'weekday',
  EEEE: 'weekday',
  ccc: 'weekday',
  cccc: 'weekday',
  a: 'meridiem',
};

const offsetTokens: ReadonlySet<string> = new Set(['Z', 'ZZ', 'ZZZ']);

function namesFor(part: DatePart, locale: string): Names {
  if (part === 'month') return monthNames(locale);
  return part === 'weekday' ? weekdayNames(locale) : meridiemNames(locale);
}

function wordPattern(names: Names): string {
  const words = [...names.keys()].sort((a, b) => b.length - a.length).map(escapePattern);
  return `(?:${words.join('|')})\\.?`;
}

function offsetMinutes(text: string): number {
  const match = /^([+−-])(\d{1,2}):?(\d{2})?$/.exec(text);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? '0');
  return match[1] === '+' ? minutes : -minutes;
}

/** Collects the pattern of a format, piece by piece. */
class FormatBuilder {
  readonly #locale: string;
  readonly names = new Map<DatePart, Names>();
  readonly parts = new Set<DatePart>();
  /** Whether the year has two digits. */
  shortYear = false;
  #endsInDigits = false;
  source = '';

  constructor(locale: string) {
    this.#locale = locale;
  }

  /** The finished pattern. */
  pattern(): RegExp {
    return new RegExp(`${this.source}${this.#endsInDigits ? '(?!\\d)' : ''}`, 'iu');
  }

  literal(text: string): void {
    this.#endsInDigits = false;
    this.source += /^\s+$/.test(text) ? '\\s+' : escapePattern(text);
  }

  token(token: string): void {
    const digits = digitTokens[token];
    if (token === 'yy') this.shortYear = true;
    if (digits !== undefined) {
      this.#add(digits[0], '(?<!\\d)', digits[1], '');
      this.#endsInDigits = true;
      return;
    }
    const part = offsetTokens.has(token) ? 'offset' : wordTokens[token];
    if (part === undefined)
      throw new DateFormatError(
        `has ${token}, which isn't a date token known here; use yyyy, MMMM, MMM, MM, M, dd, d, HH, mm, ss, a, ZZ, and put plain words in single quotes`,
      );
    if (part === 'offset') {
      this.#add(part, '', offsetPattern, '(?![\\d\\p{L}])');
      return;
    }
    const names = namesFor(part, this.#locale);
    this.names.set(part, names);
    const lookbehind = part === 'meridiem' ? '' : '(?<!\\p{L})';
    this.#add(part, lookbehind, wordPattern(names), '(?!\\p{L})');
  }

  #add(part: DatePart, before: string, pattern: string, after: string): void {
    if (this.parts.has(part))
      throw new DateFormatError(
        `reads the ${part} twice; leave one of them out, and put plain words in single quotes`,
      );
    // After a literal or another token the neighbour is one of ours: only the first piece looks back.
    this.#endsInDigits = false;
    this.source += `${this.source === '' ? before : ''}(?<${part}>${pattern})${after}`;
    this.parts.add(part);
  }
}

function requireWholeDate(parts: ReadonlySet<DatePart>): void {
  if (parts.has('epochSeconds') || parts.has('epochMs')) return;
  const missing = (['year', 'month', 'day'] as const).filter((part) => !parts.has(part));
  if (missing.length > 0)
    throw new DateFormatError(
      `doesn't read the ${missing.join(' and the ')}; a date needs all three, for example MMMM d, yyyy`,
    );
}

/**
 * Compiles a date format of the tokens luxon uses (`MMMM d, yyyy`, `dd.MM.yyyy HH:mm ZZ`), with the
 * month, weekday and day-period names of the locale as Intl knows them. Words stand in single quotes.
 * Throws `DateFormatError` where a token is unknown, stands twice, or year, month or day is missing.
 */
export function compileDateFormat(format: string, locale: string): DateFormat {
  const builder = new FormatBuilder(locale);
  for (const [piece] of format.matchAll(/'[^']*'|([A-Za-z])\1*|\s+|[^A-Za-z\s']+|'/g)) {
    if (piece === "'")
      throw new DateFormatError('opens a single quote and never closes it; close it');
    if (piece.startsWith("'")) builder.literal(piece.slice(1, -1));
    else if (/^[A-Za-z]/.test(piece)) builder.token(piece);
    else builder.literal(piece);
  }
  requireWholeDate(builder.parts);
  const { names, shortYear } = builder;
  return {
    pattern: builder.pattern(),
    parts: builder.parts,
    numberOf: (part, text) => {
      if (part === 'offset') return offsetMinutes(text.toUpperCase());
      const words = names.get(part);
      if (words !== undefined) return words.get(nameKey(text, locale)) ?? Number.NaN;
      // Two digits mean 1961 to 2060, as in luxon.
      if (part === 'year' && shortYear) return Number(text) + (Number(text) > 60 ? 1900 : 2000);
      return Number(text);
    },
  };
}
