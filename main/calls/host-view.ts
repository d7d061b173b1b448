import type { HostView, Leader } from '../../contract/views.ts';
import type { Troubles } from '../health/troubles.ts';
import { logFolder } from '../log.ts';
import { zoneDataVersion } from '../schedule/zone-data.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Desktop } from './context.ts';
import { pauseView } from './schedule-view.ts';
import type { WakeWatch } from './wake-review.ts';
import type { ZoneWatch } from './zone-watch.ts';

/** What a host's view of itself is made of. */
export interface HostParts {
  readonly version: string;
  readonly dataFolder: string;
  readonly desktop: Desktop | null;
  readonly troubles: Troubles;
  readonly leader: Leader;
}

/** What of a host's view doesn't depend on a scheduler. */
export function hostFacts({
  version,
  dataFolder,
  desktop,
  troubles,
}: HostParts): Pick<
  HostView,
  'version' | 'tz' | 'troubles' | 'dataFolder' | 'logFolder' | 'abilities'
> {
  return {
    version,
    tz: zoneDataVersion(),
    troubles: [...troubles.all()],
    dataFolder,
    logFolder: logFolder(dataFolder),
    abilities: {
      tray: desktop?.tray ?? false,
      loginItem: desktop !== null && desktop.loginItem !== null,
      openFolder: desktop !== null,
      power: desktop !== null,
      network: desktop !== null,
    },
  };
}

/** The view of a host without a scheduler. */
export function brokenHostView(parts: HostParts, timezone: string): HostView {
  return {
    ...hostFacts(parts),
    leader: parts.leader,
    running: false,
    pause: null,
    timezone,
    zones: { was: null, move: null, comparison: null, warns: false },
    review: null,
    askStartAtLogin: false,
  };
}

/** What of an app's host changes with its scheduler and settings. */
export interface HostState {
  readonly scheduler: Scheduler;
  readonly zones: ZoneWatch;
  readonly wakes: WakeWatch;
  /** Whether the user has been asked about starting at login. */
  readonly asked: boolean;
  /** Whether the app may only look: then it leads nothing. */
  readonly looks: boolean;
}

/** The host as every screen shows it. */
export function hostView(
  parts: HostParts,
  { scheduler, zones, wakes, asked, looks }: HostState,
): HostView {
  const facts = scheduler.facts();
  const known = hostFacts(parts);
  const mayAsk = known.abilities.loginItem && parts.desktop?.installed === true && !looks;
  return {
    ...known,
    leader: looks ? null : parts.leader,
    running: facts.running,
    pause: pauseView(facts.pause),
    timezone: facts.zone,
    zones: zones.view(),
    review: wakes.view(),
    askStartAtLogin: mayAsk && !asked,
  };
}
