import type { MenuItemConstructorOptions } from 'electron';
import { fromInstant, toInstant } from '../../contract/time.ts';
import { standstills, type TroubleCode } from '../../contract/troubles.ts';
import type { Pause, ScheduleView } from '../../contract/views.ts';
import type { Board } from './board.ts';

/** What the tray's icon tells. `attention`: something waits for a person. */
export type TrayState = 'idle' | 'running' | 'paused' | 'attention';

/** What the tray shows; equal values need no new menu. */
export interface TrayView {
  readonly state: TrayState;
  readonly toolTip: string;
  /** Lines to be read, at the menu's top. */
  readonly lines: readonly string[];
  /** What can be run now, by name. */
  readonly schedules: readonly { readonly id: string; readonly name: string }[];
  readonly paused: boolean;
}

/** What the tray's items do. */
export interface TrayActions {
  readonly open: () => void;
  readonly runNow: (id: string) => void;
  /** Pauses everything until this instant, or until resumed. */
  readonly pause: (until: string | undefined) => void;
  readonly resume: () => void;
  readonly quit: () => void;
}

const longestName = 48;
const mostSchedules = 20;
const mostNeeds = 3;

/** A name as a menu can show it: one line, not too long. It may come from a page or a file. */
function shown(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return line.length > longestName ? `${line.slice(0, longestName - 1)}…` : line;
}

/** An instant for a menu: the time today, with the weekday this week, else with the date. */
export function shortTime(atMs: number, nowMs: number, zone: string): string {
  const format = (options: Intl.DateTimeFormatOptions, ms = atMs): string =>
    new Intl.DateTimeFormat(undefined, { timeZone: zone, ...options }).format(ms);
  const time = format({ hour: '2-digit', minute: '2-digit' });
  const day = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  if (format(day) === format(day, nowMs)) return time;
  if (atMs - nowMs < 6 * 86_400_000) return `${format({ weekday: 'short' })} ${time}`;
  return `${format({ day: 'numeric', month: 'short' })} ${time}`;
}

function pauseLine(pause: Pause, nowMs: number, zone: string): string {
  if (pause.until === null) return 'Paused until you resume';
  return `Paused until ${shortTime(fromInstant(pause.until), nowMs, zone)}`;
}

function earliest(schedules: readonly ScheduleView[]): { name: string; at: string } | null {
  const coming = schedules.flatMap(({ name, nextRun }) =>
    nextRun === null ? [] : [{ name, at: nextRun.at }],
  );
  return coming.sort((a, b) => a.at.localeCompare(b.at))[0] ?? null;
}

/** What a schedule waits for a person for, in brackets after its name; null where it doesn't. */
function needWords(schedule: ScheduleView): string | null {
  if (schedule.state === 'quarantined') return ' (can’t be read)';
  if (schedule.pause?.why === 'failures')
    return ` (paused after ${counted(schedule.failures, 'failure')})`;
  return schedule.enabled && schedule.last?.outcome === 'attention' ? '' : null;
}

function needsPerson(schedule: ScheduleView): boolean {
  return needWords(schedule) !== null;
}

function counted(count: number, one: string): string {
  return `${String(count)} ${one}${count === 1 ? '' : 's'}`;
}

/** The schedules that wait for a person, the first few by name. */
function needLines(schedules: readonly ScheduleView[]): readonly string[] {
  const waiting = schedules.filter(needsPerson);
  const rest = waiting.length - mostNeeds;
  return [
    ...waiting
      .slice(0, mostNeeds)
      .map((schedule) => `Needs you: ${shown(schedule.name)}${needWords(schedule) ?? ''}`),
    ...(rest > 0 ? [`${String(rest)} more ${rest === 1 ? 'needs' : 'need'} you`] : []),
  ];
}

/** What was missed while the computer slept or Jackdaw didn't run, until the window's card is put away. */
function missedLines({ host: { review } }: Board): readonly string[] {
  if (review === null) return [];
  return [`${counted(review.schedules, 'schedule')} missed ${counted(review.slots, 'slot')}`];
}

/** A trouble as a line of the menu; null where nobody need do anything. */
const troubleWords: Readonly<Record<TroubleCode, string | null>> = {
  database: 'The database can’t be used: nothing runs',
  scheduler: 'The scheduler could not be started',
  'read-only': 'The data folder is read-only: nothing runs',
  'disk-full': 'The disk is full: nothing runs',
  busy: 'Another program holds the database',
  'low-space': 'Little disk space is left',
  quarantined: 'Schedules are set aside',
  repaired: null,
};

function troubleLines({ host }: Board): readonly string[] {
  return host.troubles.flatMap(({ code }) => troubleWords[code] ?? []);
}

function stateOf(board: Board, schedules: readonly ScheduleView[]): TrayState {
  if (troubleLines(board).length > 0 || schedules.some(needsPerson)) return 'attention';
  if ([...board.runs.values()].some((run) => run.state === 'running')) return 'running';
  return board.host.pause === null ? 'idle' : 'paused';
}

function nextLine(board: Board, schedules: readonly ScheduleView[], nowMs: number): string {
  const { pause, timezone } = board.host;
  if (pause !== null) return pauseLine(pause, nowMs, timezone);
  const next = earliest(schedules);
  if (next === null) return 'Nothing is scheduled';
  return `Next: ${shown(next.name)}, ${shortTime(fromInstant(next.at), nowMs, timezone)}`;
}

/** What the tray shows of the board now. */
export function trayView(board: Board, nowMs: number): TrayView {
  const schedules = [...board.schedules.values()].sort((a, b) => a.name.localeCompare(b.name));
  const running = [...board.runs.values()].filter((run) => run.state === 'running');
  const stands = board.host.troubles.some(({ code }) => standstills.has(code));
  const lines = [
    ...troubleLines(board),
    ...(stands ? [] : [nextLine(board, schedules, nowMs)]),
    ...running.slice(0, 3).map((run) => `Running: ${shown(run.scheduleName)}`),
    ...needLines(schedules),
    ...missedLines(board),
  ];
  return {
    state: stateOf(board, schedules),
    toolTip: `Jackdaw\n${lines[0] ?? ''}`,
    lines,
    schedules: schedules.map(({ id, name }) => ({ id, name: shown(name) })),
    paused: board.host.pause !== null,
  };
}

const pauses = [
  ['30 minutes', 30 * 60_000],
  ['1 hour', 3_600_000],
  ['4 hours', 4 * 3_600_000],
  ['24 hours', 24 * 3_600_000],
] as const;

/** Menus take `&` for the mark of a key on Windows and Linux. */
function label(text: string): string {
  return text.replaceAll('&', '&&');
}

function runNowItem(view: TrayView, actions: TrayActions): MenuItemConstructorOptions {
  const items = view.schedules
    .slice(0, mostSchedules)
    .map(({ id, name }): MenuItemConstructorOptions => ({
      id: `run:${id}`,
      label: label(name),
      click: () => {
        actions.runNow(id);
      },
    }));
  const more: MenuItemConstructorOptions = { label: 'More in the window…', click: actions.open };
  return {
    id: 'run-now',
    label: 'Run now',
    enabled: items.length > 0,
    submenu: view.schedules.length > mostSchedules ? [...items, more] : items,
  };
}

function pauseItem(
  view: TrayView,
  actions: TrayActions,
  now: () => number,
): MenuItemConstructorOptions {
  if (view.paused) return { id: 'resume', label: 'Resume', click: actions.resume };
  const forLengths = pauses.map(([text, lengthMs]): MenuItemConstructorOptions => ({
    id: `pause:${text}`,
    label: text,
    click: () => {
      actions.pause(toInstant(now() + lengthMs));
    },
  }));
  const open: MenuItemConstructorOptions = {
    id: 'pause:open',
    label: 'Until I resume',
    click: () => {
      actions.pause(undefined);
    },
  };
  return { id: 'pause', label: 'Pause for', submenu: [...forLengths, open] };
}

/** The tray's menu, for Electron's `Menu.buildFromTemplate`. `now` is asked when a pause is chosen. */
export function trayTemplate(
  view: TrayView,
  actions: TrayActions,
  now: () => number,
): MenuItemConstructorOptions[] {
  return [
    { id: 'open', label: 'Open Jackdaw', click: actions.open },
    { type: 'separator' },
    ...view.lines.map((line, index): MenuItemConstructorOptions => ({
      id: `line:${String(index)}`,
      label: label(line),
      enabled: false,
    })),
    { type: 'separator' },
    runNowItem(view, actions),
    pauseItem(view, actions, now),
    { type: 'separator' },
    { id: 'quit', label: 'Quit Jackdaw', click: actions.quit },
  ];
}
