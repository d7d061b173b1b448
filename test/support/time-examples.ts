import { parse } from 'yaml';
import { z } from 'zod';
import { hoursSchema } from '../../contract/hours.ts';
import { durationSchema, timeZoneSchema } from '../../contract/time.ts';
import { triggerSchema, type Trigger } from '../../contract/trigger.ts';
import { localIso } from '../../main/schedule/zone-data.ts';

const wallPattern =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?)( again)?$/;

/** A wall time as the document writes it: `Sun 2026-11-01 01:30`, with `again` where it comes twice. */
const wallSchema = z.string().regex(wallPattern, 'write a wall time as Sun 2026-11-01 01:30');

const exampleSchema = z.strictObject({
  trigger: triggerSchema,
  hours: hoursSchema.extend({ name: z.string().optional() }).optional(),
  timezone: timeZoneSchema.default('Europe/Berlin'),
  outside: z.enum(['skip', 'defer']).default('skip'),
  id: z.string().optional(),
  jitter: durationSchema.optional(),
  /** The next runs after this wall time … */
  after: wallSchema.optional(),
  runs: z.array(wallSchema).optional(),
  /** … when they start, where jitter spreads them, and why the first is when it is, or why none is. */
  starts: z.array(wallSchema).optional(),
  why: z.string().optional(),
  /** A wall time asked about, and the answer. */
  asked: wallSchema.optional(),
  answer: z.string().optional(),
  /** What is said of a cron expression that can't be read. */
  refused: z.string().optional(),
});

/** One example of the document. */
export type TimeExample = z.infer<typeof exampleSchema>;

/** One of the document's tables of a clock-change day: the runs of triggers from one wall time to another. */
export interface DayTable {
  readonly zone: string;
  readonly from: string;
  readonly to: string;
  /** For each column the dates whose runs it shows. */
  readonly columns: readonly (readonly string[])[];
  readonly rows: readonly { readonly trigger: Trigger; readonly cells: readonly string[] }[];
}

/** Every example in a document. @throws Error naming the line of a block that is none. */
export function examplesIn(text: string): readonly { line: number; example: TimeExample }[] {
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length;
    const [, language = '', body = ''] = match;
    if (language !== 'yaml') throw new Error(`line ${String(line)}: a block that is no yaml`);
    const read = exampleSchema.safeParse(parse(body));
    if (!read.success) throw new Error(`line ${String(line)}: ${z.prettifyError(read.error)}`);
    const { runs, answer, refused } = read.data;
    if (runs === undefined && answer === undefined && refused === undefined)
      throw new Error(`line ${String(line)}: an example that expects nothing`);
    return { line, example: read.data };
  });
}

function cellsOf(row: string): readonly string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** The rows of the table that follows a place in a document, its header first, its rule left out. */
function rowsAfter(text: string, index: number): readonly (readonly string[])[] {
  const lines = text.slice(index).split('\n').slice(1);
  const first = lines.findIndex((line) => line.startsWith('|'));
  const rest = lines.slice(first);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest
    .slice(0, end)
    .map(cellsOf)
    .filter((_, row) => row !== 1);
}

/** The tables that a comment announces as `<!-- runs from 01:00 to 04:00 in America/New_York -->`. */
export function dayTablesIn(text: string): readonly DayTable[] {
  const announced = /^<!-- runs from (\d\d:\d\d) to (\d\d:\d\d) in (\S+) -->$/gm;
  return [...text.matchAll(announced)].map((match) => {
    const [, from = '', to = '', zone = ''] = match;
    const [header = [], ...rows] = rowsAfter(text, match.index);
    return {
      ...{ zone, from, to },
      columns: header.slice(1).map((cell) => cell.match(/\d{4}-\d\d-\d\d/g) ?? []),
      rows: rows.map(([trigger = '', ...cells]) => ({
        trigger: triggerSchema.parse(parse(/`(.*)`/.exec(trigger)?.[1] ?? '')),
        cells,
      })),
    };
  });
}

/** The table of clock changes, each row a zone and the wall times right before and after each change. */
export function changesIn(text: string): readonly (readonly string[])[] {
  const index = text.indexOf('<!-- clock changes -->');
  if (index < 0) throw new Error('no table of clock changes');
  return rowsAfter(text, index).slice(1);
}

const quarterMs = 900_000;

/** Whether the wall clock had shown the time of an instant (epoch ms) before, within the last three hours. */
function isAgain(atMs: number, zone: string): boolean {
  const wall = localIso(atMs, zone).slice(0, 19);
  return Array.from({ length: 12 }, (_, index) => atMs - (index + 1) * quarterMs).some(
    (earlierMs) => localIso(earlierMs, zone).slice(0, 19) === wall,
  );
}

/** An instant (epoch ms) as the document writes it. */
export function wallWords(atMs: number, zone: string): string {
  const local = localIso(atMs, zone);
  const date = local.slice(0, 10);
  const weekday = new Date(date).toUTCString().slice(0, 3);
  const time = local.slice(11, 19).replace(/(..:..):00$/, '$1');
  return `${weekday} ${date} ${time}${isAgain(atMs, zone) ? ' again' : ''}`;
}

/** The instant (epoch ms) of a wall time as the document writes it. @throws Error where there is none. */
export function wallInstant(words: string, zone: string): number {
  const [, , date = '', time = ''] = wallPattern.exec(words) ?? [];
  const asUtcMs = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
  for (let atMs = asUtcMs - 64 * quarterMs; atMs <= asUtcMs + 64 * quarterMs; atMs += quarterMs)
    if (wallWords(atMs, zone) === words) return atMs;
  throw new Error(`${words} doesn't exist in ${zone}`);
}
