import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jackdaw-house-'));
  for (const name of ['tools', 'node_modules']) symlinkSync(join(root, name), join(folder, name));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a file of a small house. */
function write(path: string, code: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), code);
}

/** What a tool prints of the small house, whatever it thinks of it. */
async function said(tool: string, args: readonly string[]): Promise<string> {
  const program = join(root, 'node_modules', tool);
  const run = promisify(execFile)(process.execPath, [program, ...args], { cwd: folder });
  return await run.then(
    ({ stdout }) => stdout,
    (error: unknown) => String((error as { stdout: unknown }).stdout),
  );
}

interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly help?: string;
}

/** What the house's own rules say of `code`, as if it stood in `filePath`. */
async function lint(filePath: string, code: string): Promise<readonly string[]> {
  // Rules that need types have nothing to say of a snippet.
  write(
    'oxlint.config.ts',
    `import config from '${root}/oxlint.config.ts';\nexport default { ...config, options: {} };\n`,
  );
  write(filePath, code);
  const answer = await said('oxlint/bin/oxlint', ['--format', 'json', filePath]);
  const { diagnostics } = JSON.parse(answer) as { readonly diagnostics: readonly Diagnostic[] };
  return diagnostics
    .filter(({ code: rule }) => /^house|no-restricted-/.test(rule))
    .map(({ message, help = '' }) => `${message} ${help}`);
}

describe('house/boundaries: imports', () => {
  it.each([
    ['main/scheduler/alarm.ts', "import { app } from 'electron';", 'main/desktop/'],
    ['renderer/app/App.tsx', "import { shell } from 'electron';", 'main/desktop/'],
    ['main/calls/save.ts', "import Database from 'better-sqlite3';", 'main/store/'],
    ['main/store/slots.ts', "import { Cron } from 'croner';", 'main/schedule/'],
    ['renderer/views/runs/Runs.tsx', "import { DateTime } from 'luxon';", 'renderer/time/'],
    ['main/desktop/window.ts', "import { ipcMain } from 'electron';", 'contract/calls.ts'],
    ['renderer/app/App.tsx', "import { x } from '../../main/app.ts';", 'contract/'],
    ['preload/index.ts', "import { z } from 'zod';", 'no zod'],
    ['main/app.ts', "import { App } from '../renderer/app/App.tsx';", 'contract/'],
    ['contract/time.ts', "import { readFileSync } from 'node:fs';", 'ground floor'],
    ['main/web/server.ts', "import { setTimeout } from 'node:timers/promises';", 'clock.after()'],
    ['main/calendars/calendars.ts', "import ICAL from 'ical.js';", 'main/calendars/worker/'],
    ['main/schedule/walk.ts', "import Holidays from 'date-holidays';", 'Ask Calendars'],
    ['renderer/views/hours/Hours.tsx', "import ICAL from 'ical.js';", 'main/calendars/worker/'],
    ['main/calendars/worker/ics.ts', "import { DateTime } from 'luxon';", 'main/schedule/'],
  ])('refuses in %s the line %s and names the remedy', async (file, code, remedy) => {
    const messages = await lint(file, `${code}\n`);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(remedy);
  });

  it.each([
    ['main/desktop/tray.ts', "import { Tray } from 'electron';"],
    ['main/desktop/ipc.ts', "import { ipcMain } from 'electron';"],
    ['preload/index.ts', "import { contextBridge, ipcRenderer } from 'electron';"],
    ['main/store/database.ts', "import Database from 'better-sqlite3';"],
    ['main/schedule/cron.ts', "import { Cron } from 'croner';"],
    ['main/calendars/worker/ics.ts', "import ICAL from 'ical.js';"],
    ['main/calendars/worker/holidays.ts', "import Holidays from 'date-holidays';"],
    ['renderer/app/App.tsx', "import type { Client } from '../../contract/client.ts';"],
  ])('lets %s have its %s', async (file, code) => {
    expect(await lint(file, `${code}\n`)).toEqual([]);
  });
});

describe('house/boundaries: the clock', () => {
  it.each([
    ['const at = Date.now();', 'clock.now()'],
    ['const at = new Date();', 'clock.now()'],
    ['setTimeout(ring, 5);', 'clock.after()'],
    ['setInterval(ring, 5);', 'clock.after()'],
    ['const ms = performance.now();', 'clock.monotonic()'],
    ['const signal = AbortSignal.timeout(5);', 'clock.after()'],
    ['const now = DateTime.now();', 'DateTime.fromMillis()'],
  ])('refuses %s in main and names the clock', async (code, remedy) => {
    const messages = await lint('main/scheduler/alarm.ts', `${code}\n`);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(remedy);
  });

  it('lets main/clock.ts read the time, and anyone turn an instant into a date', async () => {
    expect(await lint('main/clock.ts', 'const at = Date.now();\n')).toEqual([]);
    expect(await lint('main/calls/save.ts', 'const at = new Date(0);\n')).toEqual([]);
  });
});

describe('house/boundaries: modules', () => {
  it.each([
    ['/** X. */\nexport default 1;', 'export it by name'],
    ["export * from './a.ts';", 'from the file that defines it'],
    ["export { a } from './a.ts';", 'from the file that defines it'],
    ['export const a = 1;', 'docstring'],
  ])('refuses %j and names the remedy', async (code, remedy) => {
    const messages = await lint('main/scheduler/alarm.ts', `${code}\n`);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(remedy);
  });
});

describe('house/boundaries: layers', () => {
  /** What dependency-cruiser says about a small house of these files. */
  async function cruise(files: Readonly<Record<string, string>>): Promise<string> {
    for (const [path, code] of Object.entries(files)) write(path, code);
    write('tsconfig.base.json', '{}');
    const config = join(root, '.dependency-cruiser.cjs');
    const args = ['--config', config, '--output-type', 'err-long', 'contract', 'main', 'renderer'];
    return said('dependency-cruiser/bin/dependency-cruise.mjs', args);
  }

  const house = {
    'contract/time.ts': 'export const a = 1;\n',
    'main/clock.ts': 'export const clock = 1;\n',
    'main/schedule/next.ts': 'export const next = 1;\n',
    'main/scheduler/alarm.ts':
      "import { clock } from '../clock.ts';\nexport const alarm = clock;\n",
    'renderer/main.ts': "import { a } from '../contract/time.ts';\nexport const b = a;\n",
  };

  const breaches = [
    ['floor-main-store', 'main/store/slots.ts', "import '../schedule/next.ts';\n"],
    ['floor-main-schedule', 'main/schedule/walk.ts', "import '../scheduler/alarm.ts';\n"],
    ['floor-contract', 'contract/names.ts', "import '../main/clock.ts';\n"],
    ['floor-main-calls', 'main/calls/calls.ts', "import '../web/server.ts';\n"],
    ['floor-main-scrape', 'main/scrape/runner.ts', "import type { X } from '../store/rows.ts';\n"],
    ['floor-main-calendars', 'main/calendars/calendars.ts', "import '../scheduler/alarm.ts';\n"],
    ['floor-main-schedule', 'main/schedule/closed.ts', "import '../calendars/known.ts';\n"],
    ['renderer-stands-on-contract', 'renderer/view.ts', "import '../main/clock.ts';\n"],
    ['no-circles', 'main/schedule/circle.ts', "import './round.ts';\n"],
  ] as const;

  it('breaks a floor, or goes round, with the remedy', async () => {
    const found = await cruise({
      ...house,
      'main/schedule/round.ts': "import './circle.ts';\n",
      'main/store/rows.ts': 'export interface X {}\n',
      'main/calendars/known.ts': 'export const known = 1;\n',
      'main/web/server.ts': 'export const server = 1;\n',
      ...Object.fromEntries(breaches.map(([, file, code]) => [file, code])),
    });
    for (const [rule, file] of breaches) {
      const [, after = ''] = found.split(`error ${rule}: ${file}`);
      expect([file, after.split('error ')[0]]).toEqual([
        file,
        expect.stringMatching(/Move|Ask main|Put what/),
      ]);
    }
  });

  it('finds nothing in a house in order', async () => {
    expect(await cruise(house)).toContain('no dependency violations found');
  });
});
