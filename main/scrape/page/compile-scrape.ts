import type { Fault } from '../../../contract/result.ts';
import type { FieldRule, PageScrape } from '../../../contract/scrape.ts';
import { DateFormatError } from './date-format.ts';
import { compileField, type FieldReader } from './read-field.ts';
import { compileSelector, SelectorError, type Selector } from './selector.ts';

/** A field ready to be read. */
export interface CompiledField {
  readonly name: string;
  readonly required: boolean;
  readonly read: FieldReader;
}

/** A page scrape whose selectors, patterns and formats are compiled; those with a fault are left out. */
export interface CompiledScrape {
  /** Null: the page is one record. */
  readonly items: Selector | null;
  readonly fields: readonly CompiledField[];
  readonly next: Selector | null;
}

/** The parts of a scrape that say how to read a page, each perhaps broken. */
export type ReadingRules = Pick<PageScrape, 'items' | 'fields' | 'next'>;

function knownLocale(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}

/** What is wrong with how a rule's parts go together, by the part's name. */
function combinationFaults(rule: FieldRule): readonly (readonly [keyof FieldRule, string])[] {
  const faults: (readonly [keyof FieldRule, string])[] = [];
  if (rule.attr !== undefined && !/^[^\s"'<>/=]+$/.test(rule.attr))
    faults.push([
      'attr',
      "isn't the name of an attribute; write it as in the page, for example href",
    ]);
  if (rule.locale !== undefined && !knownLocale(rule.locale))
    faults.push([
      'locale',
      `${rule.locale} isn't a language known here; use one such as en, de or pt-BR`,
    ]);
  else if (rule.locale !== undefined && rule.as !== 'number' && rule.as !== 'date')
    faults.push(['locale', 'belongs to as: number and as: date; leave it out or add one of them']);
  if (rule.format !== undefined && rule.as !== 'date')
    faults.push(['format', 'belongs to as: date; leave it out or add as: date']);
  if (rule.many === true && rule.as === 'boolean')
    faults.push(['many', 'makes no sense with as: boolean; leave one of them out']);
  return faults;
}

/** The part of a rule that its compilation failed on, with the sentence for it. */
function compilationFault(error: unknown): readonly [keyof FieldRule, string] {
  if (error instanceof SelectorError) return ['select', error.message];
  if (error instanceof DateFormatError) return ['format', error.message];
  if (error instanceof SyntaxError)
    return ['pattern', `isn't a regular expression (${error.message}); mend it`];
  throw error;
}

function joined(prefix: string, path: string): string {
  return prefix === '' ? path : `${prefix}.${path}`;
}

function compileOne(
  name: string,
  field: string | FieldRule,
  prefix: string,
  faults: Fault[],
): CompiledField | null {
  const path = joined(prefix, `fields.${name}`);
  const rule: FieldRule = typeof field === 'string' ? { select: field } : field;
  const pathOf = (part: keyof FieldRule): string =>
    typeof field === 'string' ? path : `${path}.${part}`;
  const found = [...combinationFaults(rule)];
  if (found.length === 0)
    try {
      return { name, required: rule.required !== false, read: compileField(rule) };
    } catch (error) {
      found.push(compilationFault(error));
    }
  faults.push(...found.map(([part, message]) => ({ path: pathOf(part), message })));
  return null;
}

function compileOptional(text: string | undefined, path: string, faults: Fault[]): Selector | null {
  if (text === undefined) return null;
  try {
    return compileSelector(text);
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    faults.push({ path, message: error.message });
    return null;
  }
}

/**
 * Compiles how a page is read, and tells every fault with its path and remedy, in the scrape's own
 * order. What is broken is left out of the answer, so that the rest can still be tried.
 */
export function compileScrape(
  rules: ReadingRules,
  prefix: string,
): { readonly compiled: CompiledScrape; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const items = compileOptional(rules.items, joined(prefix, 'items'), faults);
  const fields = Object.entries(rules.fields)
    .map(([name, field]) => compileOne(name, field, prefix, faults))
    .filter((field) => field !== null);
  const next = compileOptional(rules.next, joined(prefix, 'next'), faults);
  return { compiled: { items, fields, next }, faults };
}
