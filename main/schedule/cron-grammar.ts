import { CronPattern } from 'croner';
import type { Fault } from '../../contract/result.ts';

const maxLength = 300;

interface Field {
  readonly name: string;
  /** The last value of the field, where `N/step` ends. */
  readonly last: number;
  readonly help: string;
}

const secondField: Field = { name: 'second', last: 59, help: '0 to 59' };

const fields: readonly Field[] = [
  { name: 'minute', last: 59, help: '0 to 59' },
  { name: 'hour', last: 23, help: '0 to 23' },
  {
    name: 'day of month',
    last: 31,
    help: '1 to 31, L (the last day) or 15W (the nearest workday)',
  },
  { name: 'month', last: 12, help: '1 to 12 or JAN to DEC' },
  {
    name: 'weekday',
    last: 6,
    help: '0 to 7 or SUN to SAT, with #2 for the second and L for the last',
  },
];

const nicknames: ReadonlySet<string> = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);

const example = 'for example */15 9-17 * * 1-5';

/** A pattern in croner's grammar, or what is wrong with the expression. */
export type CronReading =
  | {
      readonly ok: true;
      readonly pattern: CronPattern;
      /** The expression with each `N/step` written out, one blank between its fields. */
      readonly text: string;
    }
  | { readonly ok: false; readonly message: string };

function refuse(message: string): CronReading {
  return { ok: false, message };
}

/** `N/step` written out as a range to the field's end; all else as it stands. */
function writtenOut(text: string, field: Field): string {
  const plus = text.startsWith('+') ? '+' : '';
  const items = text.slice(plus.length).split(',');
  const whole = items.map((item) => {
    const match = /^(\d{1,4}|[a-z]{3})\/(\d{1,4})$/i.exec(item);
    const [, start, step] = match ?? [];
    if (start === undefined || step === undefined) return item;
    const end = Number(start) === 7 && field.last === 6 ? 7 : field.last;
    return `${start}-${String(end)}/${step}`;
  });
  return plus + whole.join(',');
}

function parse(pattern: string): CronPattern | null {
  try {
    return new CronPattern(pattern, undefined, {
      mode: '5-or-6-parts',
      fixedTimeRule: 'no-wildcard',
    });
  } catch {
    return null;
  }
}

/** Which field croner can't read, named with what may stand there. */
function faultyField(
  parts: readonly string[],
  whole: readonly string[],
  known: readonly Field[],
): string {
  const index = whole.findIndex((part, at) => {
    const alone = known.map((_, other) => (other === at ? part : '*'));
    return parse(alone.join(' ')) === null;
  });
  const part = parts[index];
  const field = known[index];
  if (part === undefined || field === undefined)
    return `isn't a cron pattern known here; write 5 or 6 fields, ${example}`;
  const backwards = /^(\d+)-(\d+)$/.exec(part);
  if (backwards !== null && Number(backwards[1]) > Number(backwards[2]))
    return (
      `has a range that runs backwards in the ${field.name} field (${part}); ` +
      `write two ranges with a comma between them`
    );
  return (
    `has a ${field.name} field that can't be read (${part}); use ${field.help}, ` +
    `with * for all, lists (1,3), ranges (1-5) and steps (*/2)`
  );
}

function wrongCount(count: number): string {
  if (count === 7) return 'has 7 fields; a year is not supported, leave the last field out';
  const fieldsWord = count === 1 ? 'field' : 'fields';
  return (
    `has ${String(count)} ${fieldsWord}; write 5 (minute, hour, day of month, month, weekday), ` +
    `or 6 with the second first, ${example}`
  );
}

function readNickname(text: string): CronReading {
  const known = nicknames.has(text.toLowerCase()) ? parse(text) : null;
  if (known !== null) return { ok: true, pattern: known, text };
  return refuse(
    text.toLowerCase() === '@reboot'
      ? 'asks for @reboot, which is no time; write 5 fields, ' + example
      : 'has a name not known here; use @hourly, @daily, @weekly, @monthly or @yearly, or 5 fields',
  );
}

/**
 * Reads a cron expression: exactly 5 or 6 fields in croner's grammar, `N/step` from N to the field's
 * end, or `@hourly` to `@yearly` (design.md section 2, rule 2). Fixed times are those without `*`, `?`
 * or a step in second, minute and hour (rule 3). Takes well under 100 ms for any text.
 */
export function readCron(expression: string): CronReading {
  if (expression.length > maxLength)
    return refuse(
      `is longer than ${String(maxLength)} characters; write 5 or 6 fields, ${example}`,
    );
  const text = expression.trim();
  if (text.startsWith('@')) return readNickname(text);
  const parts = text === '' ? [] : text.split(/\s+/);
  if (parts.length !== 5 && parts.length !== 6) return refuse(wrongCount(parts.length));
  const known = parts.length === 6 ? [secondField, ...fields] : fields;
  const whole = parts.map((part, index) => writtenOut(part, known[index] ?? secondField));
  const pattern = parse(whole.join(' '));
  if (pattern === null) return refuse(faultyField(parts, whole, known));
  return { ok: true, pattern, text: whole.join(' ') };
}

/** What is wrong with a cron expression, at this path; empty where nothing is. */
export function cronFaults(expression: string, path: string): readonly Fault[] {
  const reading = readCron(expression);
  return reading.ok ? [] : [{ path, message: reading.message }];
}
