import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { RefusedError } from '../../contract/result.ts';
import { dataFolder } from '../data-folder.ts';
import {
  exitCodes,
  UsageError,
  type CliParts,
  type Command,
  type Door,
  type Invocation,
} from './command.ts';
import { commands } from './commands.ts';
import { openDoor } from './door.ts';
import { commandHelp, generalHelp } from './help.ts';
import { plain } from './text.ts';

const globalOptions = {
  'data-dir': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

interface Parsed {
  readonly values: Readonly<
    Record<string, string | boolean | readonly (string | boolean)[] | undefined>
  >;
  readonly positionals: readonly string[];
}

/** The first word that is neither an option nor an option's value: the command. */
function commandName(
  argv: readonly string[],
): { readonly name: string; readonly index: number } | null {
  const { tokens } = parseArgs({
    args: [...argv],
    options: globalOptions,
    strict: false,
    tokens: true,
  });
  const token = tokens.find(({ kind }) => kind === 'positional');
  return token?.kind === 'positional' ? { name: token.value, index: token.index } : null;
}

function parsedFor(command: Command | null, args: readonly string[]): Parsed {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...globalOptions, ...command?.options },
      allowPositionals: true,
    });
    return { values, positionals };
  } catch (error) {
    // Node explains at length; its first sentence names the option.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(
      /\. |\n/,
    );
    throw new UsageError(sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, ''));
  }
}

/** The command a command line names, and the words that are left. @throws UsageError */
function commandOf(argv: readonly string[]): {
  readonly command: Command | null;
  readonly rest: readonly string[];
} {
  const found = commandName(argv);
  if (found === null) return { command: null, rest: argv };
  const command = commands.find(({ name }) => name === found.name);
  if (command === undefined) throw new UsageError(`there is no command ${found.name}`);
  return { command, rest: argv.toSpliced(found.index, 1) };
}

function checkPositionals({ takes, least = 0, most = 0 }: Command, given: readonly string[]): void {
  if (given.length < least) throw new UsageError(`${takes ?? 'a name'} is missing`);
  const extra = given[most];
  if (extra !== undefined) throw new UsageError(`${JSON.stringify(extra)} is one word too many`);
}

/** One plain line, whatever a message holds. */
function line(text: string): string {
  return plain(text).replaceAll(/\s+/g, ' ').trim();
}

/** A fault is one plain line on standard error, one for each field at fault; with --json also one object. */
async function sayFault({ io }: CliParts, error: RefusedError, json: boolean): Promise<void> {
  const { code, message, path, faults } = error;
  const lines =
    faults.length > 1
      ? faults.map((fault) =>
          fault.path === '' ? fault.message : `${fault.path}: ${fault.message}`,
        )
      : [message];
  for (const one of lines) io.err(`${line(one)}\n`);
  if (json)
    await io.out(
      `${JSON.stringify({ code, message, ...(path === undefined || path === '' ? {} : { path }) })}\n`,
    );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** What is thrown that is no refusal yet, as one: without a stack, with what the system said. */
function refusalOf(error: unknown): RefusedError {
  if (error instanceof RefusedError) return error;
  const said = line(error instanceof Error ? error.message : String(error));
  switch (codeOf(error)) {
    case 'ENOTDIR':
    case 'EEXIST':
      return new RefusedError(
        'invalid',
        'A part of the data folder’s path is a file; name another folder with --data-dir.',
      );
    case 'ERR_DLOPEN_FAILED':
    case 'ERR_MODULE_NOT_FOUND':
    case 'MODULE_NOT_FOUND':
      return new RefusedError(
        'unsupported',
        `A part of Jackdaw can’t be loaded on this machine (${said}); install it anew, in a checkout with npm ci.`,
      );
    default:
      return new RefusedError('internal', `Jackdaw failed: ${said}. The log may tell more.`);
  }
}

async function runCommand(
  parts: CliParts,
  command: Command,
  { values, positionals }: Parsed,
): Promise<number> {
  const { io, environment, checkout } = parts;
  const json = values['json'] === true;
  const option = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  // A script whose variable is empty must not end up in the user's own data.
  if (option('data-dir') === '') throw new UsageError('--data-dir is empty; name a folder');
  const folder = dataFolder({ option: option('data-dir'), environment, checkout });
  let opened: Promise<Door> | null = null;
  const invocation: Invocation = {
    parts,
    io,
    dataFolder: folder,
    json,
    positionals,
    flag: (name) => values[name] === true,
    option,
    list: (name) => [values[name] ?? []].flat().map(String),
    number: (name) => {
      const text = option(name);
      if (text !== undefined && !/^\d{1,9}$/.test(text))
        throw new UsageError(`--${name} is a whole number, and ${JSON.stringify(text)} is none`);
      return text === undefined ? undefined : Number(text);
    },
    door: () => (opened ??= openDoor(parts, folder)),
    print: (value, text) => io.out(`${json ? JSON.stringify(value) : text(value)}\n`),
    refuse: (error) => sayFault(parts, error, json),
  };
  try {
    checkPositionals(command, positionals);
    return await command.run(invocation);
  } finally {
    const door = await (opened as Promise<Door> | null)?.catch(() => null);
    await door?.close();
  }
}

/**
 * The jackdaw command: carries one command line out and answers its exit code. Never rejects; prints
 * what the command says, and each fault as one plain line.
 */
export async function runCli(argv: readonly string[], parts: CliParts): Promise<number> {
  const { io, version } = parts;
  let command: Command | null = null;
  try {
    const words = commandOf(argv);
    command = words.command;
    const parsed = parsedFor(command, words.rest);
    if (parsed.values['version'] === true) await io.out(`${version}\n`);
    else if (command === null) await io.out(`${generalHelp()}\n`);
    else if (parsed.values['help'] === true) await io.out(`${commandHelp(command)}\n`);
    else return await runCommand(parts, command, parsed);
    return exitCodes.ok;
  } catch (error) {
    const json = argv.includes('--json');
    if (!(error instanceof UsageError)) {
      await sayFault(parts, refusalOf(error), json);
      return exitCodes.fault;
    }
    const help = command === null ? 'jackdaw --help' : `jackdaw ${command.name} --help`;
    await sayFault(
      parts,
      new RefusedError('invalid', `jackdaw: ${error.message}; see ${help}`),
      json,
    );
    return exitCodes.usage;
  }
}
