import type { Snapshot, Status } from '../../contract/views.ts';
import { RefusedError } from '../../contract/result.ts';
import { fromInstant, toInstant, toInstantOrNull } from '../../contract/time.ts';
import { zoneDataVersion } from '../schedule/zone-data.ts';
import { databaseBytes } from '../store/database.ts';
import { runFigures } from '../store/runs.ts';
import type { Handlers } from './calls.ts';
import type { Context } from './context.ts';
import { hoursViews } from './hours.ts';
import { lookedAfter } from './doctor.ts';
import { openFolderOf } from './folders.ts';
import { scheduleById } from './lookup.ts';
import { median, percentile } from './figures.ts';
import { inSlices } from './in-slices.ts';
import { openRunViews } from './runs.ts';
import { pauseView, scheduleViews } from './schedule-view.ts';
import { addSample } from './sample.ts';

const quarterMs = 15 * 60_000;
/** Of how many runs the figures of the last day are at the most. */
const mostFigures = 10_000;

async function snapshot(context: Context): Promise<Snapshot> {
  const { changes, settings } = context;
  // The revision first: whatever changes while the views are made comes as an event after it.
  const revision = changes.revision();
  const schedules = await scheduleViews(context);
  return {
    revision,
    host: context.hostView(),
    settings: settings.view(),
    hours: hoursViews(context),
    schedules,
    runs: openRunViews(context),
  };
}

async function scheduleStatus(context: Context): Promise<Status['schedules']> {
  const views = await scheduleViews(context);
  return views.map((view) => {
    return {
      id: view.id,
      name: view.name,
      enabled: view.enabled,
      state: view.state,
      trigger: view.trigger,
      nextRunAt: view.nextRun?.at ?? null,
      why: view.why.map((step) => step.text).join('; '),
      lastRunAt: view.last === null ? null : (view.last.startedAt ?? view.last.recordedAt),
      lastOutcome: view.last?.outcome ?? null,
    };
  });
}

/** The figures of the last day, at most of its newest 10,000 runs, added up a quarter of an hour at a time. */
async function lastDay({ db, clock }: Context): Promise<Status['last24h']> {
  const nowMs = clock.now();
  const quarters = Array.from({ length: 96 }, (_, index) => ({
    fromMs: nowMs - (index + 1) * quarterMs,
    // A clock that was set back has left runs in what is to come.
    untilMs: index === 0 ? Infinity : nowMs - index * quarterMs,
  }));
  let left = mostFigures;
  const figures = await inSlices({ db, clock }, quarters, (quarter) => {
    const found = runFigures(db, quarter, left);
    left -= found.runs;
    return found;
  });
  return {
    runs: mostFigures - left,
    failed: figures.reduce((sum, { failed }) => sum + failed, 0),
    medianMs: median(figures.flatMap(({ durationsMs }) => durationsMs)),
    p99LatenessMs: percentile(
      figures.flatMap(({ latenessMs }) => latenessMs),
      0.99,
    ),
  };
}

async function status(context: Context): Promise<Status> {
  const { db, scheduler, leader } = context;
  const facts = scheduler.facts();
  return {
    running: facts.running,
    paused: pauseView(facts.pause),
    leader: leader.host === 'command' ? null : leader,
    startedAt: toInstantOrNull(facts.startedAtMs),
    lastTickAt: toInstantOrNull(facts.lastTickAtMs),
    lagMs: facts.lagMs,
    queue: facts.queue,
    runningRuns: facts.runningRuns,
    last24h: await lastDay(context),
    databaseBytes: databaseBytes(db),
    tz: zoneDataVersion(),
    schedules: await scheduleStatus(context),
  };
}

/** The number of the schedule with this id; null for all. */
function numberOf(context: Context, id: string | undefined): number | null {
  return id === undefined ? null : scheduleById(context, id).stored.number;
}

/** The settings every plan depends on: a change of one moves next runs. */
const timeSettings = ['timezone', 'defaultHours'] as const;

function settingHandlers(context: Context): Pick<Handlers, 'changeSettings'> {
  const { scheduler, changes, settings, desktop } = context;
  return {
    changeSettings: (change) => {
      const { defaultHours, startAtLogin } = change;
      const profiles = new Set(['always', ...hoursViews(context).map(({ profile }) => profile.id)]);
      if (defaultHours !== undefined && !profiles.has(defaultHours))
        throw new RefusedError('not-found', `There are no hours ${defaultHours}.`, [
          { path: 'defaultHours', message: `there are no hours ${defaultHours}` },
        ]);
      if (startAtLogin === true && (desktop?.loginItem ?? null) === null)
        throw new RefusedError(
          'unsupported',
          'This host can’t start at login; the desktop app can.',
        );
      // The system may refuse; nothing has been changed then.
      if (typeof startAtLogin === 'boolean') desktop?.loginItem?.set(startAtLogin);
      const moves = timeSettings.some((name) => Object.hasOwn(change, name));
      scheduler.edit(moves ? 'all' : [], () => {
        settings.write(change);
        return { value: undefined, world: moves };
      });
      changes.publish('settings', settings.view());
      changes.publish('host', context.hostView());
      if (moves) changes.publish('hours', hoursViews(context));
      return settings.view();
    },
  };
}

/** The calls on the host itself: what it is and does, pause, settings, doctor, folders, sample. */
export function hostHandlers(
  context: Context,
): Pick<
  Handlers,
  | 'getSnapshot'
  | 'getStatus'
  | 'pause'
  | 'resume'
  | 'changeSettings'
  | 'dismissNotice'
  | 'tryAgain'
  | 'addSample'
  | 'runDoctor'
  | 'openFolder'
> {
  const { scheduler, clock, desktop, dataFolder } = context;
  return {
    getSnapshot: () => snapshot(context),
    getStatus: () => status(context),
    pause: ({ id, until }) => {
      const untilMs = until === undefined ? null : fromInstant(until);
      if (untilMs !== null && untilMs <= clock.now())
        throw new RefusedError('invalid', 'until: is past; name an instant to come', [
          { path: 'until', message: 'is past; name an instant to come' },
        ]);
      const sinceMs = clock.now();
      scheduler.pause(numberOf(context, id), { untilMs, why: 'user', sinceMs });
      const held = { until: toInstantOrNull(untilMs), since: toInstant(sinceMs) };
      return { id: id ?? null, pause: { ...held, why: 'user' } };
    },
    resume: ({ id }) => {
      scheduler.resume(numberOf(context, id));
      return { id: id ?? null, resumedAt: toInstant(clock.now()) };
    },
    ...settingHandlers(context),
    dismissNotice: ({ notice }) => {
      if (notice === 'repaired') context.repairs.dismiss();
      else if (notice === 'wake-review') context.wakes.dismiss();
      else context.zones.dismiss(notice);
      return { notice };
    },
    tryAgain: async () => {
      await context.tryAgain();
      return { troubles: [...context.troubles.all()] };
    },
    addSample: () => addSample(context),
    runDoctor: (which) => lookedAfter(context, which),
    openFolder: openFolderOf(desktop, dataFolder),
  };
}
