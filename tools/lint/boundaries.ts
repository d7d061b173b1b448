/**
 * What may not be written where, as options of the linter's rules. Every message names the remedy.
 * Layers between folders are checked by dependency-cruiser (.dependency-cruiser.cjs).
 */

/** Imports that are refused, and the remedy. */
export interface ImportPattern {
  readonly group: string[];
  readonly message: string;
  readonly importNames?: string[];
}

/** Syntax that is refused, and the remedy. */
export interface Syntax {
  readonly selector: string;
  readonly message: string;
}

/** Which imports are closed to which files. */
export interface ImportFence {
  readonly files: string[];
  readonly patterns: ImportPattern[];
}

const electron = {
  group: ['electron', 'electron/*'],
  message:
    'electron belongs to main/index.ts, main/desktop/ and preload/. Put what you need behind an interface there and pass it in.',
};

const electronIpc = {
  group: ['electron', 'electron/*'],
  importNames: ['ipcMain', 'ipcRenderer'],
  message:
    'Raw IPC belongs to preload/ and main/desktop/ipc.ts. Add a call or an event to contract/calls.ts instead: both sides derive from it.',
};

const sqlite = {
  group: ['better-sqlite3', 'better-sqlite3/*', 'node:sqlite'],
  message:
    'The database belongs to main/store/. Add a function `(database, …) => value` to the file of its table there and call that.',
};

const calendars = {
  group: ['croner', 'luxon'],
  message:
    'croner and luxon belong to main/schedule/. Ask nextSlots or a helper there; in the renderer use renderer/time/ or Intl.',
};

const holidays = {
  group: ['date-holidays', 'date-holidays/*', 'date-holidays-parser', 'ical.js', 'ical.js/*'],
  message:
    'date-holidays and ical.js belong to main/calendars/worker/: they take too long for the thread that schedules. Ask Calendars (main/calendars/calendars.ts).',
};

const timers = {
  group: ['timers', 'timers/*', 'node:timers', 'node:timers/*'],
  message: 'Time enters main through main/clock.ts. Take a Clock and use clock.after().',
};

const onlyContract = {
  group: ['**/main/**', '**/preload/**', '**/test/**', 'node:*'],
  message:
    'The renderer stands on contract/ alone. Ask main through the client (a call or an event of contract/calls.ts).',
};

const preloadOnlyContract = {
  group: ['**/main/**', '**/renderer/**', '**/test/**', 'zod'],
  message: 'The preload stands on contract/names.ts and types alone: no logic, no zod.',
};

const noRenderer = {
  group: ['**/renderer/**', '**/preload/**', '**/test/**'],
  message:
    'main/ imports neither the renderer, the preload nor tests. Put what both sides share into contract/.',
};

const contractAlone = {
  group: ['**/main/**', '**/renderer/**', '**/preload/**', '**/test/**', 'node:*', 'electron'],
  message: 'contract/ is the ground floor: it imports nothing but zod and itself.',
};

/** Restrictions on how modules are written, everywhere. */
export const moduleSyntax: readonly Syntax[] = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'No default exports: export it by name, so that it is called the same everywhere.',
  },
  {
    selector: 'ExportAllDeclaration',
    message: 'No barrel files: import each thing from the file that defines it.',
  },
  {
    selector: 'ExportNamedDeclaration[source]',
    message: 'No re-exports: import each thing from the file that defines it.',
  },
];

const askClock = 'Time enters main through main/clock.ts.';

/** The clock and every timer by another name. */
export const clockSyntax: readonly Syntax[] = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: `${askClock} Take a Clock and use clock.now().`,
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: `${askClock} Take a Clock and use new Date(clock.now()).`,
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: `${askClock} Take a Clock and use new Date(clock.now()).`,
  },
  {
    selector: "CallExpression[callee.object.name='performance'][callee.property.name='now']",
    message: `${askClock} Take a Clock and use clock.monotonic().`,
  },
  {
    selector: "CallExpression[callee.object.name='process'][callee.property.name='hrtime']",
    message: `${askClock} Take a Clock and use clock.monotonic().`,
  },
  {
    selector:
      "CallExpression[callee.object.name='DateTime'][callee.property.name=/^(now|local|utc)$/][arguments.length=0]",
    message: `${askClock} Take the instant as an argument and use DateTime.fromMillis().`,
  },
  {
    selector: 'CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate)$/]',
    message: `${askClock} Take a Clock and use clock.after().`,
  },
  {
    selector:
      "CallExpression[callee.object.name='globalThis'][callee.property.name=/^(setTimeout|setInterval|setImmediate)$/]",
    message: `${askClock} Take a Clock and use clock.after().`,
  },
  {
    selector: "CallExpression[callee.object.name='AbortSignal'][callee.property.name='timeout']",
    message: `${askClock} Take a Clock, use clock.after() and abort an AbortController.`,
  },
];

/** Waiting for time instead of for an event. */
export const sleepSyntax: readonly Syntax[] = [
  {
    selector: "CallExpression[callee.property.name='waitForTimeout']",
    message: 'Wait for what the person would see: expect(locator).toBeVisible() and its like.',
  },
];

/** The fences of this house; later entries win over earlier ones. */
export const importFences: readonly ImportFence[] = [
  {
    files: ['contract/**'],
    patterns: [contractAlone, sqlite, calendars, holidays],
  },
  {
    files: ['main/**'],
    patterns: [noRenderer, electron, sqlite, calendars, holidays, timers],
  },
  {
    files: ['main/clock.ts'],
    patterns: [noRenderer, electron, sqlite, calendars, holidays],
  },
  {
    files: ['main/store/**'],
    patterns: [noRenderer, electron, calendars, holidays, timers],
  },
  {
    files: ['main/schedule/**'],
    patterns: [noRenderer, electron, sqlite, holidays, timers],
  },
  {
    files: ['main/calendars/worker/**'],
    patterns: [noRenderer, electron, sqlite, calendars, timers],
  },
  {
    files: ['main/index.ts', 'main/desktop/**'],
    patterns: [noRenderer, electronIpc, sqlite, calendars, holidays, timers],
  },
  {
    files: ['main/desktop/ipc.ts'],
    patterns: [noRenderer, sqlite, calendars, holidays, timers],
  },
  {
    files: ['preload/**'],
    patterns: [preloadOnlyContract, sqlite, calendars, holidays],
  },
  {
    files: ['renderer/**'],
    patterns: [onlyContract, electron, sqlite, calendars, holidays],
  },
  {
    files: ['renderer/time/words.ts'],
    patterns: [onlyContract, electron, sqlite, { ...calendars, group: ['croner'] }, holidays],
  },
];
