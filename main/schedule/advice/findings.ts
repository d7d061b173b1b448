import type { Advice } from '../../../contract/preview.ts';
import { counted } from '../words.ts';

/** What advice speaks of: its code, the place in the schedule, and its parameters, as words already. */
export type Finding = { readonly path: string } & (
  | { readonly code: 'unknown-zone'; readonly zone: string }
  /** `reason` is the code of the trace's last step, `why` its sentence. */
  | { readonly code: 'never'; readonly reason: string; readonly why: string }
  | {
      readonly code: 'gap-only';
      readonly time: string;
      readonly date: string;
      readonly from: string;
      readonly to: string;
      readonly effect: 'moved' | 'dropped';
      /** `all` where every coming time is such a one, `one` where it has but one time. */
      readonly times: 'all' | 'one';
    }
  | {
      readonly code: 'short-window';
      readonly window: string;
      readonly days: string;
      readonly every: string;
      /** The time of the run that falls in it; empty for none. */
      readonly time: string;
    }
  | {
      readonly code: 'at-close';
      readonly hours: string;
      readonly time: string;
      readonly days: string;
      /** When it runs instead, where times outside the hours are put off; else empty. */
      readonly opening: string;
    }
  | {
      readonly code: 'short-months';
      readonly day: number;
      readonly months: string;
      /** How to write the last day of a month here. */
      readonly instead: 'last' | 'L';
    }
  | {
      readonly code: 'day-or-weekday';
      readonly day: string;
      readonly weekday: string;
      /** The expression that means both. */
      readonly both: string;
    }
  | {
      readonly code: 'long-run';
      readonly run: string;
      readonly gap: string;
      readonly overlap: 'skip' | 'queue';
    }
  | {
      readonly code: 'many-requests';
      readonly host: string;
      readonly requests: number;
      readonly limit: number;
      /** How many schedules send them, this one included. */
      readonly schedules: number;
    }
  | {
      readonly code: 'same-minute';
      readonly host: string;
      readonly others: string;
      readonly time: string;
    }
);

/** What most likely isn't what its user means; the rest is worth knowing. */
function levelOf(finding: Finding): Advice['level'] {
  switch (finding.code) {
    case 'unknown-zone':
    case 'never':
    case 'gap-only':
    case 'short-months':
    case 'day-or-weekday':
    case 'long-run':
    case 'many-requests':
      return 'warning';
    case 'short-window':
      return finding.time === '' ? 'warning' : 'hint';
    case 'at-close':
      return finding.opening === '' ? 'warning' : 'hint';
    case 'same-minute':
      return 'hint';
  }
}

function neverRemedy(reason: string): string {
  switch (reason) {
    case 'passed':
      return 'choose a later time';
    case 'no-date':
      return 'choose days and times that exist';
    case 'no-window':
      return 'give the hours a window, or keep other hours';
    default:
      return 'choose times inside the hours, or wider hours';
  }
}

function gapText({ time, date, from, to, effect, times }: Finding & { code: 'gap-only' }): string {
  const all = times === 'all' ? 'All its times fall in hours that a clock change skips: on' : 'On';
  const runs = effect === 'moved' ? `it runs at ${to} instead` : "it doesn't run then";
  return (
    `${all} ${date} the clock jumps from ${from} to ${to} and ${time} doesn't exist, ` +
    `so ${runs}; choose another time.`
  );
}

function windowText({ window, days, every, time }: Finding & { code: 'short-window' }): string {
  const short = `The window ${window} (${days}) is shorter than ${every}`;
  return time === ''
    ? `${short} and no run falls in it; widen the window, or run it more often.`
    : `${short} and one run falls in it, at ${time}; for more, widen the window or run it more often.`;
}

function closeText({ hours, time, days, opening }: Finding & { code: 'at-close' }): string {
  const closed = `${time} (${days}) is when ${hours} close, and a window leaves its end out, so it `;
  return opening === ''
    ? `${closed}never runs then; choose an earlier time, or let the window end later.`
    : `${closed}is put off to the next opening, ${opening}; choose an earlier time to have it before the close.`;
}

function requestsText(finding: Finding & { code: 'many-requests' }): string {
  const { host, requests, limit, schedules } = finding;
  const [from, remedy] =
    schedules === 1
      ? ['', 'run it less often, or read fewer pages']
      : [` from ${counted(schedules, 'schedule')}`, 'run them less often, or at different hours'];
  return `About ${String(requests)} requests an hour go to ${host}${from}, more than ${String(limit)}; ${remedy}.`;
}

/** The one place where a finding becomes a sentence: what will happen, and what to change. */
function sentence(finding: Finding): string {
  switch (finding.code) {
    case 'unknown-zone':
      return (
        `This computer knows no time zone ${finding.zone}, so it doesn't run; ` +
        'choose one such as Europe/Berlin.'
      );
    case 'never':
      return `It never runs: ${finding.why}; ${neverRemedy(finding.reason)}.`;
    case 'gap-only':
      return gapText(finding);
    case 'short-window':
      return windowText(finding);
    case 'at-close':
      return closeText(finding);
    case 'short-months':
      return (
        `Day ${String(finding.day)} doesn't exist in ${finding.months}, so it doesn't run then; ` +
        `for the last day of every month write ${finding.instead}.`
      );
    case 'day-or-weekday':
      return (
        `Day of month (${finding.day}) and weekday (${finding.weekday}) mean either: it runs on every ` +
        `day that matches one of them; where both must match, write ${finding.both}.`
      );
    case 'long-run':
      return (
        `A run usually takes ${finding.run}, longer than the ${finding.gap} from one slot to the next, ` +
        `so slots are skipped as overlap; run it less often` +
        (finding.overlap === 'skip' ? ', or set overlap to queue so that one waits.' : '.')
      );
    case 'many-requests':
      return requestsText(finding);
    case 'same-minute':
      return (
        `It asks ${finding.host} in the same minute as ${finding.others}, next at ${finding.time}; ` +
        'let it run some minutes earlier or later, or give it jitter.'
      );
  }
}

/** A finding as it crosses the wire: code, level, place, parameters, and its sentence. */
export function adviceOf(finding: Finding): Advice {
  const { code, path, ...params } = finding;
  return { code, level: levelOf(finding), path, params, text: sentence(finding) };
}
