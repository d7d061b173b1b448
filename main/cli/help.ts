import type { Command } from './command.ts';
import { commands } from './commands.ts';

const globalOptions = [
  ['--data-dir DIR', 'the data folder (or JACKDAW_DATA)'],
  ['--json', 'print exactly the call’s value, as JSON'],
  ['--help', 'say how a command is used'],
  ['--version', 'print the version'],
] as const;

function usageOf({ name, takes, options }: Command): string {
  const named = Object.entries(options ?? {}).map(
    ([option, { type }]) => `[--${option}${type === 'string' ? ' …' : ''}]`,
  );
  return ['jackdaw', name, takes, ...named].filter((part) => part !== undefined).join(' ');
}

/** The help of all: every command in one line. */
export function generalHelp(): string {
  const listed = commands.map((command) => [
    `  ${[command.name, command.takes].filter((part) => part !== undefined).join(' ')}`,
    command.summary,
  ]);
  const options = globalOptions.map(([option, meaning]) => [`  ${option}`, meaning]);
  return [
    'Jackdaw scrapes web pages on a schedule and keeps your hours.',
    '',
    'Usage: jackdaw COMMAND [options]',
    '',
    aligned([...listed, ...options]),
    '',
    'Exit codes: 0 ok, 1 refused or fault, 2 wrong usage. More: jackdaw COMMAND --help',
  ].join('\n');
}

function aligned(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([left = '']) => left.length)) + 2;
  return rows.map(([left = '', right = '']) => `${left.padEnd(width)}${right}`).join('\n');
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  return [
    `Usage: ${usageOf(command)}`,
    '',
    `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`,
    ...(command.help === undefined ? [] : ['', ...command.help]),
  ].join('\n');
}
