import { z } from 'zod';
import { faultsOf } from '../../../contract/faults.ts';
import type { Fault } from '../../../contract/result.ts';
import { scheduleSchema, type ScheduleInput } from '../../../contract/schedule.ts';
import { fieldNameSchema } from '../../../contract/scrape.ts';
import { put, type Candidate } from './candidate.ts';
import { toDocument, type ScheduleDraft } from './draft.ts';
import { isBlank, type ScrapeDraft } from './scrape-draft.ts';
import type { TriggerKind } from './trigger-draft.ts';

/** A fault at a place of the form: `scrape.fields.0.select`. */
export interface FormFault {
  readonly path: string;
  readonly message: string;
}

/** The row of the form that holds the field of this name; the last, as the document's would be. */
function rowOf(scrape: ScrapeDraft, name: string): number {
  return scrape.fields.findLastIndex((field) => field.name.trim() === name);
}

function formPathOfScrape(rest: string, draft: ScheduleDraft): string {
  const field = /^fields\.(.+)$/.exec(rest)?.[1];
  if (field === undefined) return `scrape.${rest}`;
  const [name = '', part] = field.split('.');
  const row = rowOf(draft.scrape, name);
  if (row === -1) return 'scrape.fields';
  return `scrape.fields.${String(row)}.${part?.replace(/\[.*$/, '') ?? 'select'}`;
}

function formPathOfHours(path: string): string {
  const day = /^hours\.week\.(\w+)(?:\[(\d+)\])?/.exec(path);
  if (day !== null)
    return `hours.own.week.${day[1] ?? ''}${day[2] === undefined ? '' : `.${day[2]}`}`;
  const closed = /^hours\.closed\.(dates|holidays|ics)/.exec(path)?.[1];
  return closed === undefined ? 'hours' : `hours.own.${closed}`;
}

/** Where a place of the trigger is in the form, which keeps the fields of each kind apart. */
function formPathOfTrigger(rest: string, kind: TriggerKind): string {
  if (kind === 'once') return rest.startsWith('at') ? 'trigger.once' : `trigger.${rest}`;
  if (kind !== 'calendar') return `trigger.${rest}`;
  const [, part = '', index] = /^(\w+)(?:\[(\d+)\])?/.exec(rest) ?? [];
  if (part !== 'at') return `trigger.calendar.${part}`;
  return `trigger.calendar.times${index === undefined ? '' : `.${index}`}`;
}

/**
 * Where in the form a fault of the document belongs. Paths come in the contract's writing
 * (`scrape.fields.title.select`, `hours.week.mon[0]`); what the form has no field for keeps its path.
 */
export function formPath(path: string, draft: ScheduleDraft): string {
  if (path.startsWith('scrape.')) return formPathOfScrape(path.slice('scrape.'.length), draft);
  if (path.startsWith('trigger.'))
    return formPathOfTrigger(path.slice('trigger.'.length), draft.trigger.kind);
  if (path === 'after') return 'trigger.after.schedule';
  if (path.startsWith('after.')) return `trigger.${path}`;
  if (path.startsWith('hours')) return formPathOfHours(path);
  if (path.startsWith('tags')) return 'tags';
  return path;
}

/** Faults of a document, each at its place in the form, one a place. */
export function toFormFaults(faults: readonly Fault[], draft: ScheduleDraft): readonly FormFault[] {
  const byPath = new Map<string, FormFault>();
  for (const { path, message } of faults) {
    const place = formPath(path, draft);
    if (!byPath.has(place)) byPath.set(place, { path: place, message });
  }
  return [...byPath.values()];
}

/** What is wrong with the field names themselves: the document, a record by name, can't hold it. */
function fieldNameFaults(scrape: ScrapeDraft): readonly FormFault[] {
  const seen = new Set<string>();
  return scrape.fields.flatMap((field, row) => {
    if (isBlank(field)) return [];
    const name = field.name.trim();
    const path = `scrape.fields.${String(row)}.name`;
    if (name === '') return [{ path, message: 'give the field a name' }];
    if (seen.has(name)) return [{ path, message: `another field is called ${name}; rename one` }];
    seen.add(name);
    const checked = fieldNameSchema.safeParse(name);
    return checked.success
      ? []
      : [{ path, message: checked.error.issues[0]?.message ?? 'rename it' }];
  });
}

const chainPath = 'trigger.after.schedule';

/** What is wrong with the schedule that is followed, in the words of a person who chooses it from a list. */
function chainFaults({ trigger, id }: ScheduleDraft): readonly FormFault[] {
  if (trigger.kind !== 'after') return [];
  const { schedule } = trigger.after;
  if (schedule === '') return [{ path: chainPath, message: 'choose the schedule it comes after' }];
  return schedule === id.trim()
    ? [{ path: chainPath, message: 'it can’t come after itself; choose another schedule' }]
    : [];
}

/** A draft as a document, with what the contract finds wrong with it at once. */
export interface CheckedDraft {
  readonly candidate: Candidate;
  readonly faults: readonly FormFault[];
}

/** Whether a fault is said already by the fault of its row's name. */
function isAtRows(path: string, rows: ReadonlySet<string>): boolean {
  if (rows.size === 0 || !path.startsWith('scrape.fields')) return false;
  const row = /^scrape\.fields\.\d+/.exec(path)?.[0];
  return row === undefined || rows.has(row);
}

/** Checks a draft against the contract, without asking main. */
export function checkDraft(draft: ScheduleDraft, base: ScheduleInput | null): CheckedDraft {
  const candidate = toDocument(draft, base);
  const names = fieldNameFaults(draft.scrape);
  const namedRows = new Set(names.map((fault) => fault.path.replace(/\.name$/, '')));
  const checked = scheduleSchema.safeParse(candidate, { reportInput: true });
  const others = checked.success ? [] : toFormFaults(faultsOf(checked.error), draft);
  const chain = chainFaults(draft);
  const faults = [
    ...others.filter(
      ({ path }) => !isAtRows(path, namedRows) && !(chain.length > 0 && path === chainPath),
    ),
    ...names,
    ...chain,
  ];
  return { candidate, faults: inFormOrder(faults) };
}

const order = ['name', 'id', 'scrape', 'trigger', 'hours', 'outside', 'timezone'];

function inFormOrder(faults: readonly FormFault[]): readonly FormFault[] {
  const place = (fault: FormFault): number => {
    const index = order.indexOf(fault.path.split('.')[0] ?? '');
    return index === -1 ? order.length : index;
  };
  return [...faults].sort((one, other) => place(one) - place(other));
}

/**
 * The contract's schema as the form's: an unfinished draft comes in, its faults come out at their
 * places in the form.
 */
export function draftSchema(base: ScheduleInput | null) {
  return z.custom<ScheduleDraft>().superRefine((draft, context) => {
    for (const { path, message } of checkDraft(draft, base).faults)
      context.addIssue({ code: 'custom', path: path.split('.'), message });
  });
}

const withoutTiming: ReadonlySet<string> = new Set(['name', 'id', 'scrape']);
const timing: ReadonlySet<string> = new Set(['trigger', 'after', 'hours', 'outside', 'timezone']);

const anyScrape = {
  kind: 'page',
  url: 'https://example.com/',
  fields: { text: 'body' },
};

/**
 * What to ask the next runs of while other parts of the form are unfinished: a document whose faulty
 * parts that say nothing about time are stood in for. Null where the times themselves can't be read.
 */
export function forPreview({ candidate, faults }: CheckedDraft): Candidate | null {
  const faulty = new Set(faults.map((fault) => fault.path.split('.')[0] ?? ''));
  if ([...faulty].some((part) => timing.has(part))) return null;
  const asked: Candidate = { ...candidate };
  for (const part of faulty) if (!withoutTiming.has(part)) Reflect.deleteProperty(asked, part);
  if (faulty.has('name')) put(asked, 'name', 'Draft');
  if (faulty.has('id')) put(asked, 'id', 'draft');
  if (faulty.has('scrape')) put(asked, 'scrape', anyScrape);
  return asked;
}

/** Whether a document is one the contract accepts: then it may be saved as it is. */
export function isDocument(candidate: Candidate): candidate is Candidate & ScheduleInput {
  return scheduleSchema.safeParse(candidate).success;
}
