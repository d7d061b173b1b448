import type { Advice } from '../../../contract/preview.ts';
import { isTimeZone } from '../../../contract/time.ts';
import { secondOf } from '../bounds.ts';
import { daySeconds } from '../civil.ts';
import { readCron } from '../cron-grammar.ts';
import { nextInstants, whyNever } from '../next-slots.ts';
import { segmentAt } from '../offsets.ts';
import { triggerRule } from '../trigger-rule.ts';
import { openDays } from '../week-windows.ts';
import { lengthWords } from '../words.ts';
import { gapFindings } from './clock-advice.ts';
import { eitherDayFindings, shortMonthFindings } from './days-advice.ts';
import { adviceOf, type Finding } from './findings.ts';
import { meetingFindings, neighboursOf, requestFindings } from './host-advice.ts';
import { atCloseFindings, shortWindowFindings } from './hours-advice.ts';
import { comingSlots, isTimed, type AdviceSubject, type TimedSubject } from './subject.ts';

/** How many coming slots tell how far they lie apart. */
const slotsForGaps = 21;

/** A chain has no times of its own, but it waits for its hours. */
function chainFindings({ hours }: AdviceSubject): readonly Finding[] {
  if (hours === null || openDays(hours).windows.some((day) => day.length > 0)) return [];
  const why = `${hours.name ?? 'the hours'} never open`;
  return [{ code: 'never', path: 'hours', reason: 'no-window', why }];
}

function neverFindings({ rhythm, hours }: TimedSubject, nowMs: number): readonly Finding[] {
  const last = whyNever(rhythm, hours, nowMs).at(-1);
  if (last === undefined) return [];
  const ofTrigger = last.code === 'no-date' || last.code === 'passed';
  const path = ofTrigger ? 'trigger' : 'hours';
  // Hours without a name are called "The hours", wherever in a sentence.
  const why = hours?.name === undefined ? last.text.replace('The hours', 'the hours') : last.text;
  return [{ code: 'never', path, reason: last.code, why }];
}

/** The middle one of the distances between the next slots, in milliseconds; null for fewer than two slots. */
function usualGap({ rhythm, hours }: TimedSubject, nowMs: number): number | null {
  const slots = nextInstants(rhythm, hours, nowMs, slotsForGaps);
  const gaps = slots.slice(1).map((slot, index) => slot - (slots[index] ?? slot));
  return gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? null;
}

function longRunFindings(subject: TimedSubject, nowMs: number): readonly Finding[] {
  const { usual, overlap } = subject;
  if (usual === null) return [];
  const gapMs = usualGap(subject, nowMs);
  if (gapMs === null || usual.runMs <= gapMs) return [];
  const run = lengthWords(usual.runMs);
  return [{ code: 'long-run', path: 'trigger', run, gap: lengthWords(gapMs), overlap }];
}

function hostFindings(
  subject: TimedSubject,
  others: readonly AdviceSubject[],
  nowMs: number,
): readonly Finding[] {
  const coming = subject.enabled && subject.host !== null ? comingSlots(subject, nowMs) : null;
  if (coming === null) return [];
  const own = { subject, coming };
  const neighbours = neighboursOf(subject, others, nowMs);
  return [...requestFindings(own, neighbours), ...meetingFindings(own, neighbours, nowMs)];
}

function timedFindings(
  subject: TimedSubject,
  others: readonly AdviceSubject[],
  nowMs: number,
): readonly Finding[] {
  const { trigger, timezone } = subject.rhythm;
  const reading = trigger.kind === 'cron' ? readCron(trigger.expression) : null;
  // What can't be read is refused elsewhere, with its own words.
  if (reading?.ok === false) return [];
  const rule = triggerRule(trigger);
  const never = neverFindings(subject, nowMs);
  const runs = never.length === 0;
  const [next = null] = runs ? nextInstants(subject.rhythm, subject.hours, nowMs, 1) : [];
  const second = secondOf(nowMs);
  const today = Math.floor((second + segmentAt(timezone, second).offset) / daySeconds);
  return [
    ...never,
    ...gapFindings(subject, rule, nowMs, next),
    ...atCloseFindings(subject, rule, today),
    ...shortWindowFindings(subject, rule, reading, today),
    ...shortMonthFindings(trigger, reading),
    ...eitherDayFindings(reading),
    ...(runs ? longRunFindings(subject, nowMs) : []),
    ...(runs ? hostFindings(subject, others, nowMs) : []),
  ];
}

/**
 * Advice on a schedule that can be saved but may not do what its user means, warnings first, as seen
 * from `nowMs` (epoch ms). `others` are the stored schedules it may meet on its host: those that are
 * off or on other hosts don't matter, and of the rest the first 100 are compared. Pure, and bounded:
 * it looks at the next 100 slots of each within seven days. In a zone not known here nothing else is
 * said; of a chain, whose times are those of other runs, only that its hours never open.
 */
export function adviseOn(
  subject: AdviceSubject,
  others: readonly AdviceSubject[],
  nowMs: number,
): readonly Advice[] {
  if (!isTimeZone(subject.timezone))
    return [adviceOf({ code: 'unknown-zone', path: 'timezone', zone: subject.timezone })];
  const findings = isTimed(subject)
    ? timedFindings(subject, others, nowMs)
    : chainFindings(subject);
  const advice = findings.map(adviceOf);
  const at = (level: Advice['level']): readonly Advice[] =>
    advice.filter((one) => one.level === level);
  return [...at('warning'), ...at('hint')];
}
