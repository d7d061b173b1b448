import { faultsOf } from '../../contract/faults.ts';
import type { Fault } from '../../contract/result.ts';
import {
  fieldNameSchema,
  fieldSchema,
  pageScrapeSchema,
  type FieldRule,
} from '../../contract/scrape.ts';
import type { ReadingRules } from './page/compile-scrape.ts';

/** As much of a draft as can be tried. */
export interface Draft {
  /** Null where there is no address to read. */
  readonly url: string | null;
  readonly rules: ReadingRules;
  /** Whether `items` is there but can't be used: the page as one record would mislead. */
  readonly itemsBroken: boolean;
  /** What had to be left out, with paths such as `scrape.fields.title`. */
  readonly faults: readonly Fault[];
}

// The faults tell what is missing from what is of the wrong kind.
const telling = { reportInput: true };

type Parsed<Value> =
  | { readonly success: true; readonly data: Value }
  | { readonly success: false; readonly error: Parameters<typeof faultsOf>[0] };

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A part's value, or undefined with its faults added. */
function part<Value>(parsed: Parsed<Value>, path: string, faults: Fault[]): Value | undefined {
  if (parsed.success) return parsed.data;
  for (const fault of faultsOf(parsed.error)) {
    const place = fault.path === '' ? path : `${path}.${fault.path}`;
    faults.push({ path: place, message: fault.message });
  }
  return undefined;
}

function fieldsOf(fields: unknown, faults: Fault[]): Record<string, string | FieldRule> {
  const read: Record<string, string | FieldRule> = {};
  if (!isObject(fields)) return read;
  for (const [name, value] of Object.entries(fields)) {
    const path = `scrape.fields.${name}`;
    if (part(fieldNameSchema.safeParse(name, telling), path, faults) === undefined) continue;
    const field = part(fieldSchema.safeParse(value, telling), path, faults);
    if (field !== undefined) read[name] = field;
  }
  return read;
}

/**
 * Reads a page scrape as an editor holds it, half finished: whatever part can be used is, the rest is
 * told as faults. A selector that isn't text is left out like one that doesn't parse.
 */
export function readDraft(scrape: unknown): Draft {
  const faults: Fault[] = [];
  if (!isObject(scrape)) {
    faults.push({ path: 'scrape', message: 'must be a group of fields' });
    return { url: null, rules: { fields: {} }, itemsBroken: false, faults };
  }
  const { shape } = pageScrapeSchema;
  const url = part(shape.url.safeParse(scrape['url'], telling), 'scrape.url', faults) ?? null;
  const items = part(shape.items.safeParse(scrape['items'], telling), 'scrape.items', faults);
  const fields = fieldsOf(scrape['fields'], faults);
  const next = part(shape.next.safeParse(scrape['next'], telling), 'scrape.next', faults);
  const rules = {
    ...(items === undefined ? {} : { items }),
    fields,
    ...(next === undefined ? {} : { next }),
  };
  const itemsBroken = scrape['items'] !== undefined && items === undefined;
  return { url, rules, itemsBroken, faults };
}
