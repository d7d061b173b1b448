import type { TraceEntry } from '../../contract/views.ts';
import { counted } from './words.ts';

/** The steps an explanation is made of. Times and dates are words already, seen from the day asked. */
export type Step =
  | { readonly code: 'trigger'; readonly trigger: string; readonly time: string }
  | { readonly code: 'gap-moved'; readonly date: string; readonly time: string }
  | { readonly code: 'gap-skipped'; readonly from: string; readonly to: string }
  | { readonly code: 'first-pass'; readonly time: string; readonly date: string }
  | { readonly code: 'second-pass'; readonly time: string; readonly date: string }
  | { readonly code: 'closed'; readonly hours: string; readonly time: string }
  | { readonly code: 'excluded'; readonly date: string }
  | { readonly code: 'excluded-more'; readonly count: number }
  | { readonly code: 'opening'; readonly time: string }
  | { readonly code: 'deferred'; readonly time: string }
  | { readonly code: 'no-date'; readonly trigger: string }
  | { readonly code: 'passed'; readonly time: string }
  | { readonly code: 'no-window'; readonly hours: string }
  | { readonly code: 'never-inside'; readonly trigger: string; readonly hours: string }
  | { readonly code: 'off' }
  | { readonly code: 'finished' }
  | { readonly code: 'paused'; readonly why: 'user' | 'failures'; readonly until: string }
  | { readonly code: 'all-paused'; readonly until: string };

function pausedText(what: string, until: string): string {
  return until === '' ? `${what} until resumed` : `${what} until ${until}`;
}

/** The one place where a step becomes a sentence. */
function sentence(step: Step): string {
  switch (step.code) {
    case 'trigger':
      return `${step.trigger} → ${step.time}`;
    case 'gap-moved':
      return `${step.time} doesn't exist on ${step.date}, so it runs right after the clock change`;
    case 'gap-skipped':
      return `the clock jumps from ${step.from} to ${step.to}, times between don't exist`;
    case 'first-pass':
      return `${step.time} comes twice on ${step.date}, this is the first`;
    case 'second-pass':
      return `${step.time} comes twice on ${step.date}, this is the second`;
    case 'closed':
      return `${step.hours} closed ${/^\d/.test(step.time) ? 'at' : 'on'} ${step.time}`;
    case 'excluded':
      return `${step.date} is excluded`;
    case 'excluded-more':
      return `${counted(step.count, 'more date is', 'more dates are')} excluded`;
    case 'opening':
      return `next opening ${step.time}`;
    case 'deferred':
      return `put off to the next opening, ${step.time}`;
    case 'no-date':
      return `${step.trigger} has no date in the next 50 years`;
    case 'passed':
      return `its one time, ${step.time}, has passed`;
    case 'no-window':
      return `${step.hours} never open`;
    case 'never-inside':
      return `${step.trigger} never falls inside ${step.hours} in the next 50 years`;
    case 'off':
      return 'switched off';
    case 'finished':
      return 'finished: its one time has passed';
    case 'paused':
      return pausedText(step.why === 'user' ? 'paused' : 'paused after failures', step.until);
    case 'all-paused':
      return pausedText('everything is paused', step.until);
  }
}

/** A step as it crosses the wire: its code, what it is made of, and its sentence. */
export function traceEntry(step: Step): TraceEntry {
  const { code, ...params } = step;
  return { code, params, text: sentence(step) };
}

/** A whole explanation as one line: its sentences in order. */
export function traceText(trace: readonly TraceEntry[]): string {
  return trace.map((entry) => entry.text).join('; ');
}
