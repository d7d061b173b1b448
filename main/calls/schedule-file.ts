import { z } from 'zod';
import { faultsOf, pathText } from '../../contract/faults.ts';
import {
  fileMaxBytes,
  fileVersion,
  scheduleFileSchema,
  type ScheduleFile,
} from '../../contract/file.ts';
import { invalid, RefusedError, type Fault } from '../../contract/result.ts';
import { readYamlText } from './yaml-text.ts';

type Entries = readonly { readonly id: string }[];

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A newer file is told apart first: its unknown fields are not the user's mistakes. */
function refuseOtherVersions(value: unknown): void {
  if (!isGroup(value))
    throw invalid([
      {
        path: '',
        message: `The file holds no schedules; begin it with "jackdaw: ${String(fileVersion)}".`,
      },
    ]);
  const version = value['jackdaw'];
  if (version === fileVersion) return;
  const remedy =
    typeof version === 'number' && version > fileVersion
      ? `is ${String(version)}, and this Jackdaw reads files of version ${String(fileVersion)}; update Jackdaw`
      : `must be ${String(fileVersion)}, the version of the file's format`;
  throw invalid([{ path: 'jackdaw', message: remedy }]);
}

/** Faults for the entries of a list whose id another has already. */
export function twice(list: 'hours' | 'schedules', entries: Entries): readonly Fault[] {
  const firstAt = new Map<string, number>();
  return entries.flatMap(({ id }, index) => {
    const first = firstAt.get(id);
    if (first === undefined) {
      firstAt.set(id, index);
      return [];
    }
    return [
      {
        path: pathText([list, index, 'id']),
        message: `is ${id}, which ${pathText([list, first])} has already; give each its own`,
      },
    ];
  });
}

/**
 * Reads a schedule file: YAML 1.2 (core schema, no tags, no aliases) or JSON, at most 1 MB. Fills the
 * defaults in. Cron patterns, selectors and names of other entries are judged by the caller, who
 * knows the stored ones. Another schema may let more be left out.
 *
 * @throws RefusedError `too-large`, or `invalid` with every fault, its path and the remedy.
 */
export function readScheduleFile(
  text: string,
  schema: z.ZodType<ScheduleFile> = scheduleFileSchema,
): ScheduleFile {
  if (Buffer.byteLength(text) > fileMaxBytes)
    throw new RefusedError('too-large', 'The file is over 1 MB; split it into several.');
  const value = readYamlText(text);
  refuseOtherVersions(value);
  const read = schema.safeParse(value, { reportInput: true });
  if (!read.success) throw invalid(faultsOf(read.error));
  const faults = [...twice('hours', read.data.hours), ...twice('schedules', read.data.schedules)];
  if (faults.length > 0) throw invalid(faults);
  return read.data;
}

/** The JSON Schema of the schedule file as it may be written, for editors that check while one types. */
export function scheduleFileJsonSchema(): Record<string, unknown> {
  return {
    title: 'Jackdaw schedule file',
    ...z.toJSONSchema(scheduleFileSchema, { io: 'input' }),
  };
}
