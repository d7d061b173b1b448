import type { EventEnvelope } from '../../contract/calls.ts';
import type { HistoryEntry } from '../../contract/ledger.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Board } from './board.ts';

/** What a notification says. */
export interface Notice {
  readonly title: string;
  readonly body: string;
}

type Kind = 'paused' | 'failure' | 'attention' | 'change' | 'success';

/** What happened that the user asked to be told. */
interface Happening {
  readonly kind: Kind;
  readonly name: string;
  readonly message: string | null;
}

const gatherMs = 5_000;
const mostNames = 4;

function kindsOf(run: HistoryEntry): readonly Kind[] {
  switch (run.outcome) {
    case 'failed':
    case 'timed-out':
      return ['failure'];
    case 'attention':
      return ['attention'];
    case 'success': {
      const { counts } = run;
      const isChange = counts !== null && counts.new + counts.changed + counts.gone > 0;
      return isChange ? ['change', 'success'] : ['success'];
    }
    case 'partial':
    case 'cancelled':
    case 'interrupted':
    case 'skipped':
    case 'missed':
    case null:
      return [];
  }
}

/** What the ending of a run means to its user: what its schedule asks to be told, or nothing. */
export function eventOf(board: Board, run: HistoryEntry): Happening | null {
  const schedule = board.schedules.get(run.schedule);
  // An attempt that is retried has not ended for the user.
  if (run.state !== 'ended' || schedule === undefined || schedule.state === 'waiting-retry')
    return null;
  const wanted: readonly string[] = schedule.document.notify.on;
  const kind = kindsOf(run).find((one) => wanted.includes(one));
  return kind === undefined ? null : { kind, name: run.scheduleName, message: run.message };
}

/** The schedule of an event by which it paused itself after failures; null for any other event. */
function selfPaused(event: EventEnvelope, before: Board): string | null {
  if (event.name !== 'schedule' || event.value.pause?.why !== 'failures') return null;
  const known = before.schedules.get(event.value.id);
  return known === undefined || known.pause?.why === 'failures' ? null : event.value.id;
}

/** What a schedule's own pause means to its user: told whatever it asks, for it needs a person. */
function pauseOf(board: Board, id: string): readonly Happening[] {
  const schedule = board.schedules.get(id);
  if (schedule?.pause?.why !== 'failures') return [];
  const { name, failures, pausedBy } = schedule;
  const last = pausedBy?.message ?? null;
  const times = failures === 1 ? 'once' : `${String(failures)} times in a row`;
  const why = last === null ? '.' : `, the last time: ${last}`;
  const message = `It failed ${times}${why} Resume it when the page is well again.`;
  return [{ kind: 'paused', name, message }];
}

function names(events: readonly Happening[]): string {
  const unique = [...new Set(events.map(({ name }) => name))];
  const rest = unique.length - mostNames;
  const list = unique.slice(0, mostNames).join(', ');
  return rest > 0 ? `${list} and ${String(rest)} more` : list;
}

const titles: Readonly<Record<Kind, readonly [one: string, several: string]>> = {
  paused: ['is paused', 'schedules are paused'],
  failure: ['failed', 'runs failed'],
  attention: ['needs you', 'schedules need you'],
  change: ['has changed', 'pages have changed'],
  success: ['has run', 'runs succeeded'],
};

/** One notification for all that happened together: the gravest kind gives the title. */
export function noticeOf(events: readonly Happening[]): Notice | null {
  const order: readonly Kind[] = ['paused', 'attention', 'failure', 'change', 'success'];
  const kind = order.find((one) => events.some((event) => event.kind === one));
  const [first] = events;
  if (kind === undefined || first === undefined) return null;
  if (events.length === 1)
    return { title: `${first.name} ${titles[kind][0]}`, body: first.message ?? '' };
  const gravest = events.filter((event) => event.kind === kind);
  const others = events.filter((event) => event.kind !== kind);
  const body = [names(gravest), others.length === 0 ? '' : `Also: ${names(others)}`];
  const title =
    gravest.length === 1
      ? `${gravest[0]?.name ?? ''} ${titles[kind][0]}`
      : `${String(gravest.length)} ${titles[kind][1]}`;
  return { title, body: body.filter((line) => line !== '').join('\n') };
}

/**
 * Gathers the runs that end within 5 s into one notice: never one a run. What they mean is judged
 * when the notice is due, when it is known whether an attempt is retried. A schedule that paused itself
 * is told so, in place of the failure that did it.
 */
export function gatherNotices(
  clock: Clock,
  board: () => Board,
  show: (notice: Notice) => void,
): { readonly hear: (event: EventEnvelope, before: Board) => void; readonly stop: () => void } {
  let ended: HistoryEntry[] = [];
  const paused = new Set<string>();
  let timer: Timer | null = null;
  const ring = (): void => {
    const pauses = [...paused].flatMap((id) => pauseOf(board(), id));
    const others = ended.filter(({ schedule }) => pauses.length === 0 || !paused.has(schedule));
    const events = [...pauses, ...others.flatMap((run) => eventOf(board(), run) ?? [])];
    ended = [];
    paused.clear();
    timer = null;
    const notice = noticeOf(events);
    if (notice !== null) show(notice);
  };
  return {
    hear: (event, before) => {
      const itself = selfPaused(event, before);
      if (itself !== null) paused.add(itself);
      else if (event.name === 'run' && event.value.state === 'ended') ended.push(event.value);
      else return;
      timer ??= clock.after(gatherMs, ring);
    },
    stop: () => timer?.cancel(),
  };
}
