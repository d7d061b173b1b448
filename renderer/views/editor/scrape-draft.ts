import type { FieldRule, PageScrape } from '../../../contract/scrape.ts';
import { sameValue } from '../../forms/same-value.ts';
import { numberOrText, put, textOrNothing, type Candidate } from './candidate.ts';

/** What a field's text is read as. */
export type ReadAs = NonNullable<FieldRule['as']>;

/** One field of a record as the form holds it. */
export interface FieldDraft {
  readonly name: string;
  /** Empty: the item itself. */
  readonly select: string;
  readonly attr: string;
  readonly pattern: string;
  readonly as: ReadAs;
  readonly format: string;
  readonly locale: string;
  readonly many: boolean;
  readonly required: boolean;
  /** The field as it was stored, so that what was left out stays left out; null for a new one. */
  readonly stored: string | FieldRule | null;
}

/** A page scrape as the form holds it. */
export interface ScrapeDraft {
  readonly url: string;
  /** Empty: the page is one record. */
  readonly items: string;
  readonly fields: readonly FieldDraft[];
  /** Empty: one page. */
  readonly next: string;
  readonly maxPages: string;
  /** The name of a field; empty: a hash of all fields. */
  readonly key: string;
}

const impliedMaxPages = 50;

/** A field row with nothing in it yet. */
export const newField: FieldDraft = {
  name: '',
  select: '',
  attr: '',
  pattern: '',
  as: 'text',
  format: '',
  locale: '',
  many: false,
  required: true,
  stored: null,
};

/** A scrape with nothing in it yet but one row to type into. */
export const newScrape: ScrapeDraft = {
  url: '',
  items: '',
  fields: [newField],
  next: '',
  maxPages: String(impliedMaxPages),
  key: '',
};

/** Whether a row has nothing in it; such rows are left out of the document. */
export function isBlank(field: FieldDraft): boolean {
  return sameValue({ ...field, stored: null }, newField);
}

function toFieldDraft(name: string, stored: string | FieldRule): FieldDraft {
  const rule: FieldRule = typeof stored === 'string' ? { select: stored } : stored;
  return {
    name,
    select: rule.select ?? '',
    attr: rule.attr ?? '',
    pattern: rule.pattern ?? '',
    as: rule.as ?? 'text',
    format: rule.format ?? '',
    locale: rule.locale ?? '',
    many: rule.many ?? false,
    required: rule.required ?? true,
    stored,
  };
}

/** A field row as the document writes it: a selector alone where that says it all. */
export function toField(draft: FieldDraft): unknown {
  const rule: Candidate = typeof draft.stored === 'object' ? { ...draft.stored } : {};
  put(rule, 'select', textOrNothing(draft.select));
  put(rule, 'attr', textOrNothing(draft.attr));
  put(rule, 'pattern', textOrNothing(draft.pattern));
  put(rule, 'as', draft.as, 'text');
  put(rule, 'format', textOrNothing(draft.format));
  put(rule, 'locale', textOrNothing(draft.locale));
  put(rule, 'many', draft.many, false);
  put(rule, 'required', draft.required, true);
  const wasRule = typeof draft.stored === 'object' && draft.stored !== null;
  const selectorAlone = Object.keys(rule).length === 1 && Object.hasOwn(rule, 'select');
  return selectorAlone && !wasRule ? draft.select : rule;
}

/** A stored scrape as the form holds it. */
export function toScrapeDraft(
  scrape: Omit<PageScrape, 'maxPages'> & { maxPages?: number | undefined },
): ScrapeDraft {
  return {
    url: scrape.url,
    items: scrape.items ?? '',
    fields: Object.entries(scrape.fields).map(([name, stored]) => toFieldDraft(name, stored)),
    next: scrape.next ?? '',
    maxPages: String(scrape.maxPages ?? impliedMaxPages),
    key: scrape.key ?? '',
  };
}

/** The scrape as the document writes it, upon what was stored. */
export function toScrape(draft: ScrapeDraft, base: object | null): Candidate {
  const scrape: Candidate = { kind: 'page', ...base };
  put(scrape, 'url', draft.url);
  put(scrape, 'items', textOrNothing(draft.items));
  put(
    scrape,
    'fields',
    Object.fromEntries(
      draft.fields
        .filter((field) => !isBlank(field))
        .map((field) => [field.name.trim(), toField(field)]),
    ),
  );
  put(scrape, 'next', textOrNothing(draft.next));
  put(scrape, 'maxPages', numberOrText(draft.maxPages), impliedMaxPages);
  put(scrape, 'key', textOrNothing(draft.key));
  return scrape;
}
