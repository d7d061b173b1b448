import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, isScalar, isSeq, visit } from 'yaml';
import { fileVersion, type ScheduleFile, type ScheduleFileInput } from '../../contract/file.ts';
import type { Hours, HoursProfile } from '../../contract/hours.ts';
import { scheduleSchema, type Schedule, type ScheduleInput } from '../../contract/schedule.ts';
import type { FieldRule, Scrape } from '../../contract/scrape.ts';
import { weekdays, type Trigger } from '../../contract/trigger.ts';

type Group = Readonly<Record<string, unknown>>;

/** A schedule that leaves out whatever may be left out: what is filled in is the default. */
const plainest = scheduleSchema.parse({
  id: 'plainest',
  name: 'plainest',
  trigger: { kind: 'interval', every: '1h' },
  scrape: { kind: 'page', url: 'http://plainest.invalid/', fields: { field: 'p' } },
});

/** The fields of `value` that differ from the default's, groups inside taken apart likewise. */
function differing(value: Group, defaults: Group, inside: readonly string[] = []): Group {
  const entries = Object.entries(value).flatMap(([name, given]): [string, unknown][] => {
    const usual = defaults[name];
    if (given === undefined || isDeepStrictEqual(given, usual)) return [];
    if (!inside.includes(name)) return [[name, given]];
    return [[name, differing(given as Group, usual as Group)]];
  });
  return Object.fromEntries(entries);
}

function shortestTrigger(trigger: Trigger): Trigger {
  if (trigger.kind !== 'interval' || trigger.anchor !== '00:00') return trigger;
  return { kind: trigger.kind, every: trigger.every };
}

function shortestField(field: string | FieldRule): string | FieldRule {
  if (typeof field === 'string') return field;
  const rule = differing(field, { as: 'text', many: false }) as FieldRule;
  const { select } = rule;
  return select !== undefined && Object.keys(rule).length === 1 ? select : rule;
}

function shortestScrape(scrape: Scrape): Group {
  const fields = Object.entries(scrape.fields).map(([name, field]) => [name, shortestField(field)]);
  return differing(
    { ...scrape, fields: Object.fromEntries(fields) },
    { maxPages: plainest.scrape.maxPages },
  );
}

function shortestHours(hours: Hours): Group {
  const { week, closed, ...rest } = hours;
  const days = weekdays.flatMap((day) => {
    const windows = week?.[day] ?? [];
    return windows.length === 0 ? [] : [[day, windows]];
  });
  const reasons = differing(closed ?? {}, { dates: [] });
  return {
    ...differing(rest, {}),
    // An empty week is always closed, a week left out always open.
    ...(week === undefined ? {} : { week: Object.fromEntries(days) }),
    ...(Object.keys(reasons).length === 0 ? {} : { closed: reasons }),
  };
}

/** A schedule as briefly as it can be written: what equals the default is left out. */
export function shortestSchedule(schedule: Schedule): ScheduleInput {
  const { trigger, hours, scrape, ...rest } = schedule;
  // The order is the one of design.md section 3, whatever order the fields came in.
  const inOrder: Group = {
    ...rest,
    trigger: trigger === undefined ? undefined : shortestTrigger(trigger),
    hours: typeof hours === 'object' ? shortestHours(hours) : hours,
    scrape: shortestScrape(scrape),
  };
  const short = differing(
    inOrder,
    { ...plainest, id: null, name: null, trigger: null, scrape: null },
    ['missed', 'retry', 'notify'],
  );
  const names = Object.keys(scheduleSchema.shape).filter((name) => Object.hasOwn(short, name));
  return Object.fromEntries(names.map((name) => [name, short[name]])) as ScheduleInput;
}

/** A profile of active hours as briefly as it can be written. */
export function shortestProfile(profile: HoursProfile): HoursProfile {
  return shortestHours(profile) as HoursProfile;
}

/**
 * Whether two schedules mean the same, however they are written: an import leaves the stored one
 * alone then.
 */
export function sameSchedule(one: Schedule, other: Schedule): boolean {
  // As text, because the order of the fields is the order of the columns.
  return JSON.stringify(shortestSchedule(one)) === JSON.stringify(shortestSchedule(other));
}

/** Whether two profiles mean the same, however they are written. */
export function sameProfile(one: HoursProfile, other: HoursProfile): boolean {
  return JSON.stringify(shortestProfile(one)) === JSON.stringify(shortestProfile(other));
}

/**
 * The shortest file that means the same. Reading it gives the same schedules and hours; writing that
 * again gives the same file.
 */
export function shortestFile(file: ScheduleFile): ScheduleFileInput {
  return {
    jackdaw: fileVersion,
    ...(file.hours.length === 0 ? {} : { hours: file.hours.map(shortestProfile) }),
    ...(file.schedules.length === 0 ? {} : { schedules: file.schedules.map(shortestSchedule) }),
  };
}

/** The text of a schedule file in YAML 1.2, from its shortest form as `exportFile` answers it. */
export function yamlText(file: ScheduleFileInput | Record<string, unknown>): string {
  const document = new Document(file, {
    version: '1.2',
    schema: 'core',
    aliasDuplicateObjects: false,
  });
  visit(document, {
    // Lists of windows, dates and words read best on one line, as people write them.
    Seq: (_, node) => {
      if (node.items.every((item) => isScalar(item))) node.flow = true;
    },
    Pair: (_, { value }) => {
      if ((isMap(value) || isSeq(value)) && value.items.length === 0) value.flow = true;
    },
  });
  return document.toString({ lineWidth: 100, flowCollectionPadding: false });
}
