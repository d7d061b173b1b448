import type { EventEnvelope } from '../../contract/calls.ts';
import type { Client } from '../../contract/client.ts';
import { assertNever } from '../assert-never.ts';
import type { Revision, Snapshot } from '../../contract/views.ts';
import { replaceHost, setProblem } from './use-host.ts';
import { replaceHours } from './use-hours.ts';
import { putRun, replaceRuns } from './use-runs.ts';
import { dropSchedule, putSchedule, replaceSchedules } from './use-schedules.ts';
import { replaceSettings } from './use-settings.ts';

const firstWaitMs = 250;
const longestWaitMs = 5_000;

/** What keeps the stores current. */
export interface Sync {
  /** Fetches the snapshot now, for a person who doesn't want to wait. */
  refresh(): void;
  stop(): void;
}

/**
 * Keeps the stores equal to main: subscribes first, then fetches the snapshot, then applies the
 * events newer than its revision. A hole in the stream, another start of the host, or a stream that
 * stands again means a new snapshot; while one is on its way, events wait for it.
 */
export function startSync(client: Client): Sync {
  let revision: Revision | null = null;
  let waiting: EventEnvelope[] = [];
  let fetching = false;
  let again = false;
  let waitMs = firstWaitMs;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let stopped = false;

  const fetchSnapshot = async (): Promise<void> => {
    if (fetching) {
      again = true;
      return;
    }
    if (timer !== null) clearTimeout(timer);
    timer = null;
    fetching = true;
    const result = await client.call('getSnapshot', {});
    fetching = false;
    if (stopped) return;
    if (result.ok) {
      waitMs = firstWaitMs;
      takeSnapshot(result.value);
    } else {
      setProblem(result.message);
      if (result.code !== 'unauthorized') tryLater();
    }
    if (again) {
      again = false;
      void fetchSnapshot();
    }
  };

  const tryLater = (): void => {
    timer = setTimeout(() => void fetchSnapshot(), waitMs);
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  };

  const takeSnapshot = (snapshot: Snapshot): void => {
    const before = revision;
    revision = snapshot.revision;
    showSnapshot(snapshot);
    const late = waiting.toSorted((one, other) => one.revision.sequence - other.revision.sequence);
    waiting = [];
    for (const event of late) {
      const isOfOldStart =
        event.revision.start === before?.start && before.start !== snapshot.revision.start;
      if (!isOfOldStart) take(event);
    }
  };

  const take = (event: EventEnvelope): void => {
    if (fetching || revision === null) {
      waiting.push(event);
      return;
    }
    const isSameStart = event.revision.start === revision.start;
    if (isSameStart && event.revision.sequence <= revision.sequence) return;
    if (isSameStart && event.previous === revision.sequence) {
      revision = event.revision;
      showEvent(event);
      return;
    }
    waiting.push(event);
    void fetchSnapshot();
  };

  const unsubscribe = client.subscribe(take, () => void fetchSnapshot());
  void fetchSnapshot();
  return {
    refresh: () => void fetchSnapshot(),
    stop: () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      unsubscribe();
    },
  };
}

function showSnapshot(snapshot: Snapshot): void {
  replaceHost(snapshot.host);
  replaceSettings(snapshot.settings);
  replaceHours(snapshot.hours);
  replaceSchedules(snapshot.schedules);
  replaceRuns(snapshot.runs);
}

function showEvent(event: EventEnvelope): void {
  switch (event.name) {
    case 'schedule':
      putSchedule(event.value);
      return;
    case 'scheduleRemoved':
      dropSchedule(event.value.id);
      return;
    case 'run':
      putRun(event.value);
      return;
    case 'hours':
      replaceHours(event.value);
      return;
    case 'settings':
      replaceSettings(event.value);
      return;
    case 'host':
      replaceHost(event.value);
      return;
    default:
      return assertNever(event);
  }
}
