import type { Settings, SettingsChange, SettingsView } from '../../contract/settings.ts';
import type { TryOut } from '../../contract/calls.ts';
import type { Scrape } from '../../contract/scrape.ts';
import type { HostView, Leader } from '../../contract/views.ts';
import type { Calendars } from '../calendars/calendars.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import type { Repairs } from '../health/repairs.ts';
import type { Troubles } from '../health/troubles.ts';
import type { Log } from '../log.ts';
import type { SampleServer } from '../sample/sample-server.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { CopyDatabase } from '../store/copy-database.ts';
import type { Keeper } from '../store/keeper.ts';
import type { Writer } from '../store/statement.ts';
import type { WakeWatch } from './wake-review.ts';
import type { ZoneWatch } from './zone-watch.ts';

/** What only a desktop can do; a headless host has none of it. */
export interface Desktop {
  /** Start at login; null where the system knows no such thing. */
  readonly loginItem: { get(): boolean; set(enabled: boolean): void } | null;
  /** Shows a folder in the system's file manager. */
  openFolder(path: string): Promise<void>;
  /** Whether a tray is there to hide to. */
  readonly tray: boolean;
  /** Whether this is an installed app (not a checkout), which asks about starting at login. */
  readonly installed: boolean;
}

/** The settings in force, and the door to change them. */
export interface SettingsDesk {
  current(): Settings;
  view(): SettingsView;
  /** Writes changed settings, in the caller's transaction; `conflict` where the environment has locked one. */
  write(change: SettingsChange): void;
}

/** Reads one page for the editor, without a run. */
export type TryPage = (scrape: Scrape, options: { readonly refresh: boolean }) => Promise<TryOut>;

/** What the host does for the app inside it, and what outlives that app. */
export interface Housing {
  readonly troubles: Troubles;
  readonly repairs: Repairs;
  /**
   * Stops the app inside, does the work while the database is closed and the lead is kept, and opens
   * the app again; the window, the port and the token stay. A call that asks for it must not touch its
   * context afterwards: that one's database is closed.
   *
   * @throws What the work threw; the app is open again then, too.
   */
  restart<T>(work: () => T | Promise<T>): Promise<T>;
  /** Tries at once what the host would try again by itself later. */
  tryAgain(): Promise<void>;
}

/** What the handlers of the calls work with. */
export interface Context extends Housing {
  readonly db: Writer;
  readonly clock: Clock;
  readonly changes: Changes;
  readonly log: Log;
  readonly scheduler: Scheduler;
  readonly settings: SettingsDesk;
  readonly tryPage: TryPage;
  /** What public holidays and imported calendars close. */
  readonly calendars: Calendars;
  readonly sample: SampleServer;
  readonly zones: ZoneWatch;
  readonly keeper: Keeper;
  /** Copies databases without holding this thread up. */
  readonly copy: CopyDatabase;
  /** What wasn't run in time lately. */
  readonly wakes: WakeWatch;
  readonly desktop: Desktop | null;
  readonly leader: Leader;
  readonly dataFolder: string;
  /** The host as every screen shows it. */
  readonly hostView: () => HostView;
}
