import { RefusedError, type ErrorCode } from '../../contract/result.ts';
import { toInstant } from '../../contract/time.ts';
import type { TroubleCode } from '../../contract/troubles.ts';
import type { Inside, InsideOptions } from '../app.ts';
import { createBrokenCalls } from '../calls/broken.ts';
import { brokenHostView } from '../calls/host-view.ts';
import { settingsWithoutStore } from '../calls/settings-desk.ts';
import { createChanges } from '../changes.ts';
import type { TroubleWords } from '../health/troubles.ts';
import { passingWords } from '../health/words.ts';
import { databasePath } from '../store/database.ts';
import { copyOnThread } from '../store/thread-copy.ts';

/** Why a host has no scheduler: what trouble that is, and what calls are refused with meanwhile. */
export interface Breakage extends TroubleWords {
  readonly code: TroubleCode;
  readonly refusal: ErrorCode;
}

/** What keeps an app from being opened, as it is told. */
export function breakageOf(error: unknown, dataFolder: string): Breakage {
  const refused = error instanceof RefusedError ? error : null;
  const message = error instanceof Error ? error.message : String(error);
  switch (refused?.code) {
    case 'read-only':
    case 'disk-full':
    case 'busy':
      return {
        ...{ code: refused.code, refusal: refused.code },
        ...passingWords(refused.code, databasePath(dataFolder)),
      };
    case 'invalid':
    case 'unsupported':
      return {
        ...{ code: 'database', refusal: refused.code },
        message,
        remedy:
          'Nothing runs until it can be read. Restore a backup, or put the file right and try again.',
      };
    default:
      return {
        ...{ code: 'scheduler', refusal: 'internal' },
        message,
        remedy:
          'Jackdaw tries again by itself. Where that doesn’t help, quit it, start it, and look into the log.',
      };
  }
}

/** Whether it is worth trying again by itself. A database that can't be read waits for a person. */
export function mayPass({ code }: Breakage): boolean {
  return code !== 'database';
}

/** A host without a scheduler: its window, its tray and `status` open and say why. */
export function brokenApp(options: InsideOptions, breakage: Breakage): Inside {
  const { clock, housing, leader, log, environment, turn, copy = copyOnThread } = options;
  const changes = createChanges(`${toInstant(clock.now())} ${String(turn)}`);
  const parts = { ...options, troubles: housing.troubles };
  const view = () => brokenHostView(parts, clock.zone());
  const calls = createBrokenCalls({
    ...options,
    ...housing,
    copy,
    changes,
    settings: settingsWithoutStore(environment),
    hostView: view,
    refusal: { code: breakage.refusal, message: `${breakage.message} ${breakage.remedy}` },
  });
  const tellHost = (): void => {
    changes.publish('host', view());
  };
  return {
    calls,
    changes,
    leader,
    log,
    start: tellHost,
    wake: () => undefined,
    tellHost,
    probe: () => undefined,
    stop: () => Promise.resolve(),
  };
}
