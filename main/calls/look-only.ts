import type { CallName } from '../../contract/names.ts';
import { RefusedError } from '../../contract/result.ts';
import type { Handlers } from './calls.ts';

/** The calls that change nothing. A call that isn't named here is refused while Jackdaw only looks. */
const looking: ReadonlySet<CallName> = new Set<CallName>([
  'getSnapshot',
  'getStatus',
  'listSchedules',
  'getSchedule',
  'previewSchedule',
  'nextSlots',
  'explainTime',
  'listHolidayPlaces',
  'readClosed',
  'exportFile',
  'getFileSchema',
  'getRun',
  'getRunLog',
  'listRuns',
  'listRunDays',
  'getStory',
  'listRecords',
  'exportRecords',
  'tryAgain',
  'runDoctor',
  'listBackups',
  'openFolder',
]);

/** The handlers of an app that may only look: all others are refused with `read-only` and one sentence. */
export function lookOnly(handlers: Handlers, dataFolder: string): Handlers {
  const refuse = (): never => {
    throw new RefusedError(
      'read-only',
      `Jackdaw may not write to ${dataFolder}: you can look at everything, but nothing can be changed or started.`,
    );
  };
  const refused = Object.keys(handlers)
    .filter((name) => !looking.has(name as CallName))
    .map((name) => [name, refuse] as const);
  const { importFile } = handlers;
  return {
    ...handlers,
    ...Object.fromEntries(refused),
    // A dry run only says what an import would do.
    importFile: (input) => (input.dryRun ? importFile(input) : refuse()),
  };
}
