import type { TraceEntry } from '../../contract/views.ts';
import { daySeconds } from './civil.ts';
import { clockWords, counted, dateWords, lengthWords, whenWords } from './words.ts';
import { dateText, wallText } from './zone-data.ts';

/**
 * The steps an explanation is made of, as data. `at`, `from`, `to`, `until`, `earlier` and `later` are
 * seconds of the wall clock in the schedule's zone, `date` is a day number.
 */
export type Step =
  | { readonly code: 'trigger'; readonly trigger: string; readonly at: number }
  | { readonly code: 'gap-moved'; readonly at: number }
  | { readonly code: 'gap-skipped'; readonly from: number; readonly to: number }
  | { readonly code: 'first-pass'; readonly at: number }
  | { readonly code: 'second-pass'; readonly at: number }
  | { readonly code: 'closed'; readonly hours: string; readonly at: number }
  | { readonly code: 'excluded'; readonly date: number }
  | { readonly code: 'holiday'; readonly date: number; readonly name: string }
  | { readonly code: 'event-day'; readonly date: number; readonly name: string }
  | {
      readonly code: 'event';
      readonly name: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly code: 'closed-more'; readonly count: number }
  | { readonly code: 'opening'; readonly at: number }
  | { readonly code: 'deferred'; readonly at: number }
  | { readonly code: 'jitter'; readonly seconds: number; readonly at: number }
  | { readonly code: 'no-date'; readonly trigger: string }
  | { readonly code: 'passed'; readonly at: number }
  | { readonly code: 'no-window'; readonly hours: string }
  | { readonly code: 'never-inside'; readonly trigger: string; readonly hours: string }
  | {
      readonly code: 'not-a-time';
      readonly trigger: string;
      readonly at: number;
      readonly earlier?: number | undefined;
      readonly later?: number | undefined;
    }
  | { readonly code: 'in-gap'; readonly at: number; readonly from: number; readonly to: number }
  | {
      readonly code: 'chain';
      readonly schedule: string;
      readonly on: string;
      readonly after: string;
    }
  | { readonly code: 'off' }
  | { readonly code: 'finished' }
  | { readonly code: 'paused'; readonly why: 'user' | 'failures'; readonly until?: number }
  | { readonly code: 'all-paused'; readonly until?: number }
  | {
      readonly code: 'enough';
      readonly what: 'success' | 'change';
      readonly at: number;
      readonly until: number;
    }
  | { readonly code: 'retry'; readonly at: number }
  | { readonly code: 'no-network'; readonly until: number }
  | {
      readonly code: 'condition';
      readonly needs: 'power' | 'network';
      readonly known: 'yes' | 'no';
    };

function pausedText(what: string, until: number | undefined, reference: number): string {
  return until === undefined
    ? `${what} until resumed`
    : `${what} until ${whenWords(until, reference)}`;
}

function conditionText(needs: 'power' | 'network', known: 'yes' | 'no'): string {
  const what = needs === 'power' ? 'only on mains power' : 'only with a network';
  return known === 'yes' ? what : `${what}, which can't be told here, so it runs all the same`;
}

function dayOf(local: number): number {
  return Math.floor(local / daySeconds);
}

function timeOf(local: number): string {
  return clockWords(local - dayOf(local) * daySeconds);
}

function twice(at: number, which: string, reference: number): string {
  return `${timeOf(at)} comes twice on ${dateWords(dayOf(at), reference)}, this is the ${which}`;
}

/** The end of a day belongs to that day: hours close at 24:00, not at 00:00 of the next. */
function closingText(hours: string, at: number, reference: number): string {
  const last = dayOf(at) - 1;
  const isMidnight = at % daySeconds === 0;
  const otherDay = last === reference ? '' : `${dateWords(last, reference)} `;
  const time = isMidnight ? `${otherDay}24:00` : whenWords(at, reference);
  return `${hours} closed ${/^\d/.test(time) ? 'at' : 'on'} ${time}`;
}

/** From one wall time to another, the second without its day where that is the same. */
function jumpText(from: number, to: number, reference: number): string {
  const end = dayOf(to) === dayOf(from) ? timeOf(to) : whenWords(to, reference);
  return `from ${whenWords(from, reference)} to ${end}`;
}

function notATimeText(step: Extract<Step, { code: 'not-a-time' }>, reference: number): string {
  const { trigger, at, earlier, later } = step;
  const neighbours = [
    ...(earlier === undefined ? [] : [`the one before is ${whenWords(earlier, reference)}`]),
    ...(later === undefined ? [] : [`the next one ${whenWords(later, reference)}`]),
  ].join(', ');
  const known = neighbours === '' ? '' : `; ${neighbours}`;
  return `${trigger} has no time at ${whenWords(at, reference)}${known}`;
}

/** The one place where a step becomes a sentence, seen from a reference day. */
function sentence(step: Step, reference: number): string {
  switch (step.code) {
    case 'trigger':
      return `${step.trigger} → ${whenWords(step.at, reference)}`;
    case 'gap-moved':
      return `${timeOf(step.at)} doesn't exist on ${dateWords(dayOf(step.at), reference)}, so it runs right after the clock change`;
    case 'gap-skipped':
      return `the clock jumps ${jumpText(step.from, step.to, reference)}, times between don't exist`;
    case 'first-pass':
      return twice(step.at, 'first', reference);
    case 'second-pass':
      return twice(step.at, 'second', reference);
    case 'closed':
      return closingText(step.hours, step.at, reference);
    case 'excluded':
      return `${dateWords(step.date, reference)} is excluded`;
    case 'holiday':
    case 'event-day':
      return `${dateWords(step.date, reference)} is closed: ${step.name}`;
    case 'event':
      return `closed: ${step.name}, ${jumpText(step.from, step.to, reference)}`;
    case 'closed-more':
      return `${counted(step.count, 'more date or time is', 'more dates or times are')} closed`;
    case 'opening':
      return `next opening ${whenWords(step.at, reference)}`;
    case 'deferred':
      return `put off to the next opening, ${whenWords(step.at, reference)}`;
    case 'jitter':
      return `spread by ${lengthWords(step.seconds * 1_000)} → ${whenWords(step.at, reference)}`;
    case 'no-date':
      return `${step.trigger} has no date in the next 50 years`;
    case 'passed':
      return `its one time, ${whenWords(step.at, reference)}, has passed`;
    case 'no-window':
      return `${step.hours} never open`;
    case 'never-inside':
      return `${step.trigger} never falls inside ${step.hours} in the next 50 years`;
    case 'not-a-time':
      return notATimeText(step, reference);
    case 'in-gap':
      return `${whenWords(step.at, reference)} doesn't exist: the clock jumps ${jumpText(step.from, step.to, reference)}`;
    case 'chain':
      return `runs ${step.after}`;
    case 'off':
      return 'switched off';
    case 'finished':
      return 'finished: its one time has passed';
    case 'paused':
      return pausedText(
        step.why === 'user' ? 'paused' : 'paused after failures',
        step.until,
        reference,
      );
    case 'all-paused':
      return pausedText('everything is paused', step.until, reference);
    case 'enough':
      return `${step.what === 'success' ? 'it ran' : 'it found a change'} at ${whenWords(step.at, reference)}, which is enough until ${whenWords(step.until, reference)}`;
    case 'retry':
      return `the last slot failed and is tried again at ${whenWords(step.at, reference)}`;
    case 'no-network':
      return `the last slot waits for the network until ${whenWords(step.until, reference)} at the latest`;
    case 'condition':
      return conditionText(step.needs, step.known);
  }
}

const wallTimes: ReadonlySet<string> = new Set(['at', 'from', 'to', 'until', 'earlier', 'later']);

/** The parameters of a step as they cross the wire: wall times and dates as ISO texts. */
function paramsOf(
  step: Readonly<Record<string, string | number | undefined>>,
): TraceEntry['params'] {
  const params: TraceEntry['params'] = {};
  for (const name of Object.keys(step)) {
    const value = step[name];
    if (name === 'code' || value === undefined) continue;
    if (typeof value === 'string') params[name] = value;
    else if (name === 'date') params[name] = dateText(value);
    else params[name] = wallTimes.has(name) ? wallText(value) : value;
  }
  return params;
}

/**
 * A step as it crosses the wire: its code, what it is made of, and its sentence, in which times are
 * seen from the local day `reference` (a day number).
 */
export function traceEntry(step: Step, reference: number): TraceEntry {
  return { code: step.code, params: paramsOf(step), text: sentence(step, reference) };
}

/** A whole explanation as one line: its sentences in order. */
export function traceText(trace: readonly TraceEntry[]): string {
  return trace.map((entry) => entry.text).join('; ');
}
