import type { CallInput, CallOutput } from '../../../contract/calls.ts';
import type { CallName } from '../../../contract/names.ts';
import type { ScheduleInput } from '../../../contract/schedule.ts';
import { systemClock, type Clock } from '../../../main/clock.ts';
import { openHost, type Host } from '../../../main/host/host.ts';
import type { AppOptions } from '../../../main/app.ts';
import { openDatabase } from '../../../main/store/database.ts';
import type { Writer } from '../../../main/store/statement.ts';
import { plainSurroundings } from '../../../main/surroundings.ts';
import { noSystemZones } from '../../../main/zones/system-zones.ts';
import { aFolder } from '../../support/builders.ts';
import { enterSchedules, recordingRunner } from './real-scheduler.ts';

/** A whole host as a person has it, with its calls; its runs are those of the runner it is given. */
export interface RealHost {
  readonly host: Host;
  readonly folder: string;
  /** Makes a call that must succeed. */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/** What a bench decides about its host. */
export interface RealHostOptions {
  readonly schedules: readonly ScheduleInput[];
  /** Fills the new database further, before the host opens it. */
  readonly prepare?: (db: Writer, nowMs: number) => void;
  readonly clock?: Clock;
  readonly createRunner?: AppOptions['createRunner'];
  readonly environment?: AppOptions['environment'];
}

/** Opens a host over a new folder that has these schedules already; its alarm is off until `host.start()`. */
export async function realHost(options: RealHostOptions): Promise<RealHost> {
  const { path, remove } = aFolder();
  const { clock = systemClock() } = options;
  const db = openDatabase(path);
  enterSchedules(db, options.schedules, clock.now());
  options.prepare?.(db, clock.now());
  db.close();
  const idle = {
    ...recordingRunner(() => undefined),
    warm: () => undefined,
    tryPage: () => Promise.reject(new Error('a bench tries no page')),
  };
  const host = await openHost({
    host: 'headless',
    version: '0.0.0-bench',
    dataFolder: path,
    clock,
    createRunner: options.createRunner ?? (() => idle),
    systemZones: noSystemZones,
    surroundings: plainSurroundings,
    desktop: null,
    environment: options.environment ?? {},
  });
  return {
    host,
    folder: path,
    call: async (name, input) => {
      const result = await host.calls.call(name, input);
      if (!result.ok) throw new Error(`${name}: ${result.message}`);
      return result.value;
    },
    stop: async () => {
      await host.stop();
      remove();
    },
  };
}
