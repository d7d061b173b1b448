import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { CallName } from '../../contract/names.ts';
import type { HistoryEntry } from '../../contract/ledger.ts';
import type { AppOptions } from '../../main/app.ts';
import { openHost, type Host } from '../../main/host/host.ts';
import type { Surroundings } from '../../main/surroundings.ts';
import type { Log } from '../../main/log.ts';
import { copyDatabase } from '../../main/store/copy-database.ts';
import { noSystemZones } from '../../main/zones/system-zones.ts';
import { auditFolder } from './audit-folder.ts';
import { aFolder } from './builders.ts';
import { fakeRunner, type FakeRunner } from './fake-runner.ts';
import { settle, virtualClock, type VirtualClock } from './virtual-clock.ts';

/** Jackdaw on a virtual clock, with a real SQLite file and a fake runner. */
export interface TestApp {
  readonly app: Host;
  readonly clock: VirtualClock;
  readonly runner: FakeRunner;
  /** What the host can tell of power and network: a test changes it at will. */
  readonly surroundings: FakeSurroundings;
  readonly folder: string;
  /** The lines of its log. */
  readonly lines: readonly string[];
  /** Makes a call that must succeed. */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** The history, oldest first. */
  history(id?: string): Promise<readonly HistoryEntry[]>;
  /** Stops it and opens it again on the same folder, as a new start would. */
  restart(): Promise<TestApp>;
  /** Stops it and audits its ledger: a finding fails the test. */
  stop(): Promise<void>;
}

/** What a test may decide about its app. */
export interface TestAppOptions extends Partial<AppOptions> {
  readonly at?: string;
  readonly zone?: string;
  readonly virtual?: VirtualClock;
  /** Why its ledger isn't audited when it stops: what the test breaks in it by hand. */
  readonly unaudited?: string;
}

/** A log that keeps its lines. */
function keptLog(lines: string[]): Log {
  const keep = (event: string): void => {
    lines.push(event);
  };
  return { info: keep, warn: keep, error: keep };
}

/** Surroundings that a test sets. */
export interface FakeSurroundings {
  power: ReturnType<Surroundings['power']>;
  network: ReturnType<Surroundings['network']>;
  hasAddress: boolean;
}

/** Opens a test app; its alarm is off until `app.start()`. */
export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const clock = options.virtual ?? virtualClock(options.at ?? '2026-11-20T08:00:00Z', options.zone);
  const runner = fakeRunner(clock);
  const temporary = options.dataFolder === undefined ? aFolder() : null;
  const folder = options.dataFolder ?? temporary?.path ?? '';
  const lines: string[] = [];
  const surroundings: FakeSurroundings = { power: null, network: null, hasAddress: true };
  const app = await openHost({
    host: 'headless',
    version: '0.0.0-test',
    clock,
    createRunner: () => runner,
    systemZones: noSystemZones,
    surroundings: {
      power: () => surroundings.power,
      network: () => surroundings.network,
      hasAddress: () => surroundings.hasAddress,
    },
    desktop: null,
    environment: {},
    log: keptLog(lines),
    copy: copyDatabase,
    ...options,
    dataFolder: folder,
  });
  const call: TestApp['call'] = async (name, input) => {
    const result = await app.calls.call(name, input);
    if (!result.ok) throw new Error(`${name}: ${result.message}`);
    return result.value;
  };
  return {
    app,
    clock,
    runner,
    surroundings,
    folder,
    lines,
    call,
    history: async (id) => {
      await settle();
      const input = id === undefined ? { limit: 1000 } : { id, limit: 1000 };
      return [...(await call('listRuns', input)).entries].reverse();
    },
    restart: async () => {
      await app.stop();
      return openTestApp({ ...options, virtual: clock, dataFolder: folder });
    },
    stop: async () => {
      await app.stop();
      try {
        if (options.unaudited === undefined) auditFolder(folder);
      } finally {
        temporary?.remove();
      }
    },
  };
}
