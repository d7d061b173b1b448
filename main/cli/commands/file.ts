import { readFile, stat } from 'node:fs/promises';
import type { ImportReport } from '../../../contract/calls.ts';
import { fileMaxBytes } from '../../../contract/file.ts';
import { RefusedError } from '../../../contract/result.ts';
import type { Command, Invocation } from '../command.ts';
import { adviceLines, count } from '../text.ts';

function unreadable(path: string, error: unknown): RefusedError {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return new RefusedError('not-found', `There is no file ${path}.`);
  if (code === 'EISDIR') return new RefusedError('invalid', `${path} is a folder; name a file.`);
  if (code === 'EACCES')
    return new RefusedError('invalid', `You may not read ${path}; check its rights.`);
  return new RefusedError('invalid', `${path} could not be read: ${String(code)}.`);
}

function tooLarge(name: string): RefusedError {
  return new RefusedError('too-large', `${name} is over 1 MB; split it into several.`);
}

function decoded(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RefusedError('invalid', `${name} is not UTF-8 text; save it as UTF-8.`);
  }
}

async function textOfInput({ stdin }: Invocation['io']): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > fileMaxBytes) throw tooLarge('What came in');
    chunks.push(bytes);
  }
  return decoded(Buffer.concat(chunks), 'What came in');
}

/**
 * The text of a file the user named, `-` for standard input.
 *
 * @throws RefusedError `not-found`, `too-large`, or `invalid` where it isn't UTF-8 text.
 */
export async function readTextFile(path: string, { io }: Pick<Invocation, 'io'>): Promise<string> {
  if (path === '-') return textOfInput(io);
  let bytes: Buffer;
  try {
    // Looked at first: a file of gigabytes named by mistake must not be read.
    if ((await stat(path)).size > fileMaxBytes) throw tooLarge(path);
    bytes = await readFile(path);
  } catch (error) {
    throw error instanceof RefusedError ? error : unreadable(path, error);
  }
  return decoded(bytes, path);
}

function reportText(report: ImportReport): string {
  const { added, replaced, unchanged, hours, advice } = report;
  const would = report.dryRun ? 'Would have ' : '';
  const lines = [
    ['added', 'schedule', added],
    ['replaced', 'schedule', replaced],
    ['left unchanged', 'schedule', unchanged],
    ['added', 'profile of hours', hours.added],
    ['replaced', 'profile of hours', hours.replaced],
    ['left unchanged', 'profile of hours', hours.unchanged],
  ] as const;
  const said = lines
    .filter(([, , ids]) => ids.length > 0)
    .map(([verb, what, ids]) => {
      const shown = ids.slice(0, 10).join(', ') + (ids.length > 10 ? ', …' : '');
      const words = `${would}${verb} ${count(ids.length, what, what.replace(/^(schedule|profile)/, '$1s'))}: ${shown}`;
      return words.charAt(0).toUpperCase() + words.slice(1);
    });
  if (said.length === 0) return 'The file holds no schedules and no hours.';
  return [...said, ...adviceLines(advice)].join('\n');
}

/** `import FILE`: adds the file's schedules and hours, or replaces those with the same id. */
export const importCommand: Command = {
  name: 'import',
  takes: 'FILE',
  least: 1,
  most: 1,
  options: { 'dry-run': { type: 'boolean' }, disabled: { type: 'boolean' } },
  summary: 'add or replace the schedules of a file (- reads standard input): all or nothing',
  help: [
    '--dry-run   say what would be done, and do nothing',
    '--disabled  add the schedules switched off',
  ],
  run: async (invocation) => {
    const text = await readTextFile(invocation.positionals[0] ?? '-', invocation);
    const door = await invocation.door();
    const report = await door.call('importFile', {
      text,
      dryRun: invocation.flag('dry-run'),
      disabled: invocation.flag('disabled'),
    });
    await invocation.print(report, reportText);
    return 0;
  },
};

/** `export [ID…]`: the shortest file that means the same, as YAML or, with --json, as JSON. */
export const exportCommand: Command = {
  name: 'export',
  takes: '[ID…]',
  most: Infinity,
  summary: 'print the schedules, or the named ones, as a schedule file',
  run: async ({ door, positionals, print }) => {
    const { yamlText } = await import('../../calls/shortest-form.ts');
    const opened = await door();
    const file = await opened.call(
      'exportFile',
      positionals.length === 0 ? {} : { ids: [...positionals] },
    );
    await print(file, (value) => yamlText(value).trimEnd());
    return 0;
  },
};

/** `schema`: the JSON Schema of the schedule file. Asks no host and touches no data folder. */
export const schema: Command = {
  name: 'schema',
  summary: 'print the JSON Schema of the schedule file',
  run: async ({ print }) => {
    const { scheduleFileJsonSchema } = await import('../../calls/schedule-file.ts');
    await print(scheduleFileJsonSchema(), (value) => JSON.stringify(value, null, 2));
    return 0;
  },
};
