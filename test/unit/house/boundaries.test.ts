import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ESLint } from 'eslint';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** The messages of the house's own rules for `code`, as if it stood in `filePath`. */
async function lint(filePath: string, code: string): Promise<readonly string[]> {
  const eslint = new ESLint({
    cwd: root,
    // The snippets are no files of the project; rules that need types have nothing to say here.
    overrideConfig: [
      {
        files: ['**/*.ts', '**/*.tsx'],
        languageOptions: { parserOptions: { projectService: false } },
      },
    ],
    ruleFilter: ({ ruleId }) => ruleId.startsWith('no-restricted-') || ruleId.startsWith('house/'),
  });
  const results = await eslint.lintText(code, { filePath: join(root, filePath) });
  return results.flatMap((result) => result.messages.map(({ message }) => message));
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
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jackdaw-layers-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** What dependency-cruiser says about a small house of these files. */
  async function cruise(files: Readonly<Record<string, string>>): Promise<string> {
    for (const [path, code] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), code);
    }
    writeFileSync(join(folder, 'tsconfig.base.json'), '{}');
    const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const config = join(root, '.dependency-cruiser.cjs');
    const run = promisify(execFile)(
      process.execPath,
      [depcruise, '--config', config, '--output-type', 'err-long', 'contract', 'main', 'renderer'],
      { cwd: folder },
    );
    return await run.then(
      ({ stdout }) => stdout,
      (error: unknown) => String((error as { stdout: unknown }).stdout),
    );
  }

  const house = {
    'contract/time.ts': 'export const a = 1;\n',
    'main/clock.ts': 'export const clock = 1;\n',
    'renderer/main.ts': "import { a } from '../contract/time.ts';\nexport const b = a;\n",
  };

  it.each([
    ['floor-main-store', 'main/store/slots.ts', "import '../schedule/next.ts';\n"],
    ['floor-main-schedule', 'main/schedule/next.ts', "import '../scheduler/alarm.ts';\n"],
    ['floor-contract', 'contract/names.ts', "import '../main/clock.ts';\n"],
    ['floor-main-calls', 'main/calls/calls.ts', "import '../web/server.ts';\n"],
    ['floor-main-scrape', 'main/scrape/runner.ts', "import type { X } from '../store/slots.ts';\n"],
    ['floor-main-calendars', 'main/calendars/calendars.ts', "import '../scheduler/alarm.ts';\n"],
    ['floor-main-schedule', 'main/schedule/next.ts', "import '../calendars/known.ts';\n"],
    ['renderer-stands-on-contract', 'renderer/view.ts', "import '../main/clock.ts';\n"],
    ['no-circles', 'main/schedule/circle.ts', "import './next.ts';\n"],
  ])('breaks %s when %s says %j, with the remedy', async (rule, file, code) => {
    const said = await cruise({
      ...house,
      'main/schedule/circle.ts': 'export const circle = 1;\n',
      'main/schedule/next.ts': "import './circle.ts';\n",
      'main/scheduler/alarm.ts': 'export const alarm = 1;\n',
      'main/store/slots.ts': 'export interface X {}\n',
      'main/calendars/known.ts': 'export const known = 1;\n',
      'main/web/server.ts': 'export const server = 1;\n',
      [file]: code,
    });
    expect(said).toContain(`error ${rule}: ${file}`);
    expect(said).toMatch(/Move|Ask main|Put what/);
  });

  it('finds nothing in a house in order', async () => {
    const said = await cruise({
      ...house,
      'main/scheduler/alarm.ts':
        "import { clock } from '../clock.ts';\nexport const alarm = clock;\n",
    });
    expect(said).toContain('no dependency violations found');
  });
});
