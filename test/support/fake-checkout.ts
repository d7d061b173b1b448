import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What a tool said and how it ended. */
export interface Spoken {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A tool that goes on. */
export interface RunningTool {
  readonly pid: number;
  /** Resolves once stdout holds the text; rejects when the tool ends without having said it. */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Spoken>;
}

/**
 * A checkout of its own in a temporary folder: the project's real tools/, and stand-ins for whatever
 * they start. Every path is inside the folder.
 */
export interface FakeCheckout {
  readonly folder: string;
  write(path: string, text: string): void;
  /** Writes a program that Node runs by itself. */
  writeProgram(path: string, code: string): void;
  /** The lines of a file; none where there is no such file. */
  lines(path: string): readonly string[];
  /** Starts one of tools/ with nothing of this machine's environment but `environment`. */
  start(tool: string, args?: readonly string[], environment?: Record<string, string>): RunningTool;
  /** The same as npm does it: in a shell, which is what gets the signals. */
  startInShell(tool: string, args: readonly string[]): RunningTool;
  /** Runs one of tools/ to its end. */
  run(
    tool: string,
    args?: readonly string[],
    environment?: Record<string, string>,
  ): Promise<Spoken>;
  remove(): void;
}

const electronVite = `
  import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
  appendFileSync('builds', 'built\\n');
  mkdirSync('out/main', { recursive: true });
  writeFileSync('out/main/headless.js', \`
    process.on('SIGTERM', () => { console.log('host ended'); process.exit(0); });
    console.log('host ' + process.pid + ' ' + JSON.stringify(process.argv.slice(2)));
    if (!process.argv.includes('--stay')) process.exit(0);
    setInterval(() => {}, 1000);
  \`);
  writeFileSync('out/main/cli.js', \`
    console.log(JSON.stringify(process.argv.slice(2)));
    process.exitCode = 4;
  \`);
`;

/** Lays a fake checkout with a source, a build tool that writes stand-ins, and no Electron. */
export function fakeCheckout(): FakeCheckout {
  const folder = mkdtempSync(join(tmpdir(), 'jackdaw-checkout-'));
  cpSync(join(root, 'tools'), join(folder, 'tools'), { recursive: true });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('package.json', '{ "name": "jackdaw", "type": "module" }');
  write('package-lock.json', '{}');
  write('main/headless.ts', 'export {};\n');
  write('node_modules/electron-vite/package.json', '{ "type": "module" }');
  write('node_modules/electron-vite/bin/electron-vite.js', electronVite);

  const startProgram = (
    program: string,
    args: readonly string[],
    environment: Record<string, string>,
  ): RunningTool => {
    const child = spawn(program, args, {
      cwd: folder,
      env: { PATH: dirname(process.execPath), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    const listeners = new Set<() => void>();
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      for (const listener of listeners) listener();
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = once(child, 'close').then(([code]): Spoken => {
      return { code: typeof code === 'number' ? code : null, stdout, stderr };
    });
    return {
      pid: child.pid ?? -1,
      ended,
      kill: (signal) => child.kill(signal),
      says: (text) =>
        new Promise((resolve, reject) => {
          const look = (): void => {
            if (!stdout.includes(text)) return;
            listeners.delete(look);
            resolve();
          };
          listeners.add(look);
          look();
          void ended.then(() => {
            reject(new Error(`it ended without "${text}": ${stdout}${stderr}`));
          });
        }),
    };
  };

  const start: FakeCheckout['start'] = (tool, args = [], environment = {}) =>
    startProgram(process.execPath, [join(folder, 'tools', tool), ...args], environment);

  return {
    folder,
    write,
    writeProgram: (path, code) => {
      write(path, `#!${process.execPath}\n${code}`);
      chmodSync(join(folder, path), 0o755);
    },
    lines: (path) =>
      existsSync(join(folder, path))
        ? readFileSync(join(folder, path), 'utf8').split('\n').filter(Boolean)
        : [],
    start,
    startInShell: (tool, args) => {
      const command = [process.execPath, join(folder, 'tools', tool), ...args];
      const line = `${command.map((word) => `'${word}'`).join(' ')}; exit $?`;
      return startProgram('/bin/sh', ['-c', line], { npm_lifecycle_event: 'start' });
    },
    run: (tool, args, environment) => start(tool, args, environment).ended,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
