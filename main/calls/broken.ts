import { callNames } from '../../contract/names.ts';
import { RefusedError, type ErrorCode } from '../../contract/result.ts';
import type { SettingsView } from '../../contract/settings.ts';
import type { HostView, Leader, Status } from '../../contract/views.ts';
import type { Changes } from '../changes.ts';
import type { Log } from '../log.ts';
import { zoneDataVersion } from '../schedule/zone-data.ts';
import { listBackups } from '../store/backups.ts';
import { restoreBackup, type RestoreParts } from './backups.ts';
import type { Calls, Handlers } from './calls.ts';
import type { Desktop, Housing } from './context.ts';
import { createCalls } from './dispatch.ts';
import { openFolderOf } from './folders.ts';

/** What the calls of a host without a scheduler work with. */
export interface BrokenContext extends Housing, RestoreParts {
  readonly changes: Changes;
  readonly log: Log;
  readonly desktop: Desktop | null;
  readonly leader: Leader;
  readonly dataFolder: string;
  /** The settings as they are without a database. */
  readonly settings: SettingsView;
  readonly hostView: () => HostView;
  /** What every other call is refused with. */
  readonly refusal: { readonly code: ErrorCode; readonly message: string };
}

/** The status of a host whose scheduler could not start: nothing runs, and nothing is known of schedules. */
function brokenStatus({ leader }: BrokenContext): Status {
  return {
    running: false,
    paused: null,
    leader,
    startedAt: null,
    lastTickAt: null,
    lagMs: null,
    queue: 0,
    runningRuns: 0,
    last24h: { runs: 0, failed: 0, medianMs: null, p99LatenessMs: null },
    databaseBytes: 0,
    tz: zoneDataVersion(),
    schedules: [],
  };
}

/** What is answered without a database; every other call is refused. */
function answered(context: BrokenContext): Partial<Handlers> {
  const { changes, hostView, settings, desktop, dataFolder, repairs } = context;
  return {
    getSnapshot: () => ({
      revision: changes.revision(),
      host: hostView(),
      settings,
      hours: [],
      schedules: [],
      runs: [],
    }),
    getStatus: () => brokenStatus(context),
    tryAgain: async () => {
      await context.tryAgain();
      return { troubles: [...context.troubles.all()] };
    },
    dismissNotice: ({ notice }) => {
      if (notice === 'repaired') repairs.dismiss();
      return { notice };
    },
    listBackups: () => [...listBackups(dataFolder)],
    restoreBackup: ({ name }) => restoreBackup(context, name),
    openFolder: openFolderOf(desktop, dataFolder),
  };
}

/** The calls of a host whose scheduler could not start: the window, the tray and `status` open and say why. */
export function createBrokenCalls(context: BrokenContext): Calls {
  const { code, message } = context.refusal;
  const refuse = (): never => {
    throw new RefusedError(code, message);
  };
  const refused = Object.fromEntries(callNames.map((name) => [name, refuse]));
  const handlers = { ...refused, ...answered(context) } as Handlers;
  return createCalls(handlers, context.log, (error) => error);
}
