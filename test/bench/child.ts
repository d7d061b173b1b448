import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** Runs a script of a bench in a process of its own; answers the JSON value it writes to its output. */
export async function askChild<Value>(
  script: URL,
  args: readonly (string | number)[],
  flags: readonly string[] = [],
): Promise<Value> {
  const path = fileURLToPath(script);
  const child = spawn(process.execPath, [...flags, path, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => (errors += part.toString()));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (status !== 0) throw new Error(`${path} ended with ${String(status)}: ${errors.slice(-800)}`);
  return JSON.parse(output) as Value;
}
