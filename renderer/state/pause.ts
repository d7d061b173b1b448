import { call } from './client.ts';
import { say, sayFailure } from './toasts.ts';

/** One way to pause: until an instant, or until resumed. */
export interface PauseChoice {
  readonly id: string;
  readonly label: string;
  /** When it ends, counted from the press; null: never by itself. */
  readonly until: (nowMs: number) => number | null;
}

const minuteMs = 60_000;

/** Eight in the morning of the next day, by the reader's clock. */
function tomorrowMorning(nowMs: number): number {
  const date = new Date(nowMs);
  date.setDate(date.getDate() + 1);
  date.setHours(8, 0, 0, 0);
  return date.getTime();
}

/** Eight in the morning of the next Monday, by the reader's clock; on a Monday in a week. */
function mondayMorning(nowMs: number): number {
  const date = new Date(nowMs);
  date.setDate(date.getDate() + ((8 - date.getDay()) % 7 || 7));
  date.setHours(8, 0, 0, 0);
  return date.getTime();
}

/** The ways to pause a window offers, from the shortest to the longest. */
export const pauseChoices: readonly PauseChoice[] = [
  { id: '30m', label: '30 minutes', until: (nowMs) => nowMs + 30 * minuteMs },
  { id: '1h', label: '1 hour', until: (nowMs) => nowMs + 60 * minuteMs },
  { id: '4h', label: '4 hours', until: (nowMs) => nowMs + 240 * minuteMs },
  { id: 'morning', label: 'Until tomorrow, 08:00', until: tomorrowMorning },
  { id: 'monday', label: 'Until Monday, 08:00', until: mondayMorning },
  { id: 'open', label: 'Until I resume it', until: () => null },
];

function instantOf(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}

/** A pause until a moment that somebody chose. */
export function untilChoice(untilMs: number): PauseChoice {
  return { id: 'date', label: 'Until a date', until: () => untilMs };
}

/** Pauses one schedule, or all (`id` null). The toast offers to resume. */
export async function pauseFor(
  choice: PauseChoice,
  schedule: { readonly id: string; readonly name: string } | null,
): Promise<void> {
  const untilMs = choice.until(Date.now());
  const result = await call('pause', {
    ...(schedule === null ? {} : { id: schedule.id }),
    ...(untilMs === null ? {} : { until: instantOf(untilMs) }),
  });
  if (!result.ok) {
    sayFailure(result.message);
    return;
  }
  say(schedule === null ? 'All schedules are paused.' : `${schedule.name} is paused.`, {
    label: 'Resume',
    onAction: () => void resume(schedule),
  });
}

/** Resumes one schedule, or all (`null`). What came due meanwhile is not made up for. */
export async function resume(schedule: { readonly id: string } | null): Promise<void> {
  const result = await call('resume', schedule === null ? {} : { id: schedule.id });
  if (!result.ok) sayFailure(result.message);
}
