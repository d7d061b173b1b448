import type { Fault } from '../../../contract/result.ts';
import { put, textOrNothing, type Candidate } from './candidate.ts';
import type { ScheduleDraft } from './draft.ts';
import type { FormFault } from './faults.ts';
import { isBlank, toField, type FieldDraft } from './scrape-draft.ts';

/** What to try on the page, and which row of the form each of its fields stands for. */
export interface TryOutQuestion {
  readonly scrape: Candidate;
  readonly url: string;
  readonly rows: ReadonlyMap<string, number>;
}

function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '';
}

/** A name that does for now, for a row that has none, or one that is taken or malformed. */
function nameFor(field: FieldDraft, row: number, taken: ReadonlyMap<string, number>): string {
  const name = field.name.trim();
  const isUsable = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name) && !taken.has(name);
  return isUsable ? name : `field-${String(row + 1)}`;
}

/**
 * What a draft reads from its page, made to work while it is unfinished: rows without a good name
 * get one for now, and without any row the items' own text is shown. Null without a whole address.
 */
export function tryOutQuestion(draft: ScheduleDraft): TryOutQuestion | null {
  const { scrape } = draft;
  if (!isWebAddress(scrape.url)) return null;
  const rows = new Map<string, number>();
  const fields: Candidate = {};
  scrape.fields.forEach((field, row) => {
    if (isBlank(field)) return;
    const name = nameFor(field, row, rows);
    rows.set(name, row);
    fields[name] = toField(field);
  });
  if (rows.size === 0) put(fields, 'text', {});
  const items = textOrNothing(scrape.items);
  const next = textOrNothing(scrape.next);
  return {
    rows,
    url: scrape.url,
    scrape: {
      kind: 'page',
      url: scrape.url,
      ...(items === undefined ? {} : { items }),
      fields,
      ...(next === undefined ? {} : { next }),
    },
  };
}

/** The faults a try-out found, at their places in the form. Main's paths may begin with `scrape`. */
export function tryOutFaults(
  faults: readonly Fault[],
  rows: ReadonlyMap<string, number>,
): readonly FormFault[] {
  return faults.flatMap(({ path, message }) => {
    const inner = path.replace(/^scrape\.?/, '');
    const [head = '', name = '', part = 'select'] = inner.split('.');
    if (head === '') return [];
    if (head !== 'fields') return [{ path: `scrape.${head}`, message }];
    const row = rows.get(name);
    return row === undefined ? [] : [{ path: `scrape.fields.${String(row)}.${part}`, message }];
  });
}
