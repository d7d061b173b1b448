import fc from 'fast-check';
import { hoursSchema, type Hours } from '../../contract/hours.ts';
import { RefusedError } from '../../contract/result.ts';
import { triggerSchema, type Trigger } from '../../contract/trigger.ts';
import { isOpen, nextOpening, openStretch } from '../../main/schedule/active-hours.ts';
import { cronFaults } from '../../main/schedule/cron-grammar.ts';
import { nextSlots, whyNever } from '../../main/schedule/next-slots.ts';
import { anyInstant, cronText, hoursValue, triggerValue, zoneText } from './random-texts.ts';

/** No text takes longer to be read or refused, however hostile (issue 3, item 1). */
const limitMs = 100;

/** Runs it; by the processor's time of this thread, as a busy machine may pause it for longer. */
function timed<Value>(what: () => Value): { readonly value: Value; readonly ms: number } {
  const used = process.threadCpuUsage();
  const value = what();
  const { user, system } = process.threadCpuUsage(used);
  return { value, ms: (user + system) / 1_000 };
}

/** Whether an answer came, or a refusal of the one kind there is; anything else thrown is passed on. */
function answers(ask: () => unknown): boolean {
  try {
    ask();
    return true;
  } catch (error) {
    if (error instanceof RefusedError && error.code === 'invalid' && error.faults.length > 0)
      return false;
    throw error;
  }
}

function bestOfThree(what: () => unknown): void {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && best > limitMs; attempt += 1)
    best = Math.min(best, timed(what).ms);
  if (best > limitMs) throw new Error(`took ${best.toFixed(0)} ms`);
}

function askAll(trigger: Trigger, zone: string, hours: Hours | null, atMs: number): boolean {
  return (['skip', 'defer'] as const).every((outside) => {
    const rhythm = { trigger, timezone: zone, outside };
    return answers(() => {
      nextSlots(rhythm, hours, atMs, 2);
      whyNever(rhythm, hours, atMs);
      isOpen(hours, zone, atMs);
      openStretch(hours, zone, atMs);
      nextOpening(hours, zone, atMs);
    });
  });
}

/** Cron expressions are read or refused in time; what has no fault is answered, what has is refused. */
export function fuzzCron(runs: number, seed: number): void {
  fc.assert(
    fc.property(cronText, anyInstant, (expression, atMs) => {
      bestOfThree(() => cronFaults(expression, 'trigger.expression'));
      const right = cronFaults(expression, 'trigger.expression').length === 0;
      bestOfThree(() => {
        const answered = askAll({ kind: 'cron', expression }, 'Europe/Berlin', null, atMs);
        if (answered !== right) throw new Error(right ? 'refused though right' : 'not refused');
      });
    }),
    { seed, numRuns: runs },
  );
}

/** Hours, triggers and zones of any shape are refused by their schema or answered; nothing is thrown. */
export function fuzzProfiles(runs: number, seed: number): void {
  const parts = fc.tuple(hoursValue, triggerValue, zoneText, anyInstant);
  fc.assert(
    fc.property(parts, ([hoursShape, triggerShape, zone, atMs]) => {
      const begun = timed(() => [
        hoursSchema.safeParse(hoursShape),
        triggerSchema.safeParse(triggerShape),
      ]);
      if (begun.ms > limitMs) throw new Error(`the schemas took ${begun.ms.toFixed(0)} ms`);
      const hours = hoursSchema.safeParse(hoursShape);
      const trigger = triggerSchema.safeParse(triggerShape);
      const known = trigger.success
        ? trigger.data
        : ({ kind: 'cron', expression: '0 * * * *' } as const);
      askAll(known, zone, hours.success ? hours.data : null, atMs);
    }),
    { seed, numRuns: runs },
  );
}
