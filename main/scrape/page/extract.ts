import type { ParentNode } from 'domhandler';
import type { FieldValue, ScrapedRecord } from '../../../contract/scrape.ts';
import type { CompiledField, CompiledScrape } from './compile-scrape.ts';
import { baseOf, firstNamed, parseDocument } from './document.ts';
import { textOf } from './page-text.ts';
import { resolved } from './read-field.ts';

/** A field that some items of a page lack, or whose text couldn't be read as asked. */
export interface FieldProblem {
  readonly field: string;
  readonly fault: 'missing' | 'unreadable';
  readonly required: boolean;
  /** How many items of the page. */
  readonly count: number;
  /** The first of them, counted from 1. */
  readonly item: number;
  /** The text that couldn't be read, shortened; empty for `missing`. */
  readonly text: string;
}

/** What a page gave. */
export interface PageReading {
  readonly title: string | null;
  readonly records: readonly ScrapedRecord[];
  readonly problems: readonly FieldProblem[];
  /** The absolute address of the next page: http or https, without its fragment. */
  readonly next: string | null;
  /** The characters of all texts in the records. */
  readonly characters: number;
  /** Whether the room ran out before the last item. */
  readonly cut: boolean;
}

/** How much a page may still give. */
export interface Room {
  readonly rows: number;
  readonly characters: number;
}

function charactersOf(value: FieldValue): number {
  if (typeof value === 'string') return value.length;
  if (!Array.isArray(value)) return 8;
  return value.reduce<number>((sum, one) => sum + (typeof one === 'string' ? one.length : 8), 0);
}

/** Counts what is wrong with fields, over the items of a page. */
class Problems {
  readonly #found = new Map<string, FieldProblem>();

  add(field: CompiledField, fault: FieldProblem['fault'], item: number, text: string): void {
    const key = `${field.name} ${fault}`;
    const before = this.#found.get(key);
    this.#found.set(
      key,
      before === undefined
        ? {
            field: field.name,
            fault,
            required: field.required,
            count: 1,
            item,
            text: text.slice(0, 80),
          }
        : { ...before, count: before.count + 1 },
    );
  }

  all(): readonly FieldProblem[] {
    return [...this.#found.values()];
  }
}

function readItem(
  fields: readonly CompiledField[],
  item: ParentNode,
  place: { readonly base: string; readonly number: number },
  problems: Problems,
): ScrapedRecord {
  const record: Record<string, FieldValue> = {};
  for (const field of fields) {
    const { value, fault, text } = field.read(item, place.base);
    record[field.name] = value;
    if (fault === 'unreadable' || (fault === 'missing' && field.required))
      problems.add(field, fault, place.number, text);
  }
  return record;
}

/** The address behind `next`: that of the element, or of the link in it. */
function nextOf(compiled: CompiledScrape, document: ParentNode, base: string): string | null {
  const element = compiled.next?.first(document) ?? null;
  if (element === null) return null;
  const link = element.attribs['href'] === undefined ? firstNamed(element, 'a') : element;
  const href = link?.attribs['href'];
  const address = href === undefined || href.trim() === '' ? null : resolved(href, base);
  if (address === null || !/^https?:/.test(address)) return null;
  const url = new URL(address);
  url.hash = '';
  return url.href;
}

/**
 * Reads a page's records with compiled rules: pure. Without `items` the page is one record. Every item
 * gives a row, also where fields are missing; what is missing or can't be read is counted in
 * `problems`, never dropped. A field that isn't required may be missing without being told, but not
 * unreadable. Stops where the room ends. Throws `TooDeepError`.
 */
export function extractPage(
  compiled: CompiledScrape,
  html: string,
  pageUrl: string,
  room: Room,
): PageReading {
  const document = parseDocument(html);
  const base = baseOf(document, pageUrl);
  const items: readonly ParentNode[] = compiled.items?.all(document) ?? [document];
  const problems = new Problems();
  const records: ScrapedRecord[] = [];
  let characters = 0;
  for (const item of items) {
    if (records.length >= room.rows || characters >= room.characters) break;
    const place = { base, number: records.length + 1 };
    const record = readItem(compiled.fields, item, place, problems);
    for (const value of Object.values(record)) characters += charactersOf(value);
    records.push(record);
  }
  const heading = firstNamed(document, 'title');
  return {
    title: heading === null ? null : textOf(heading),
    records,
    problems: problems.all(),
    next: nextOf(compiled, document, base),
    characters,
    cut: records.length < items.length,
  };
}
