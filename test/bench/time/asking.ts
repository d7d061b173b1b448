import { nextShown } from '../../../main/schedule/next-shown.ts';
import { nextInstants } from '../../../main/schedule/next-slots.ts';
import type { ActiveHours, Rhythm } from '../../../main/schedule/types.ts';
import { cpuMicros, type Answer } from '../race.ts';
import type { HardQuestion } from './hard-questions.ts';
import { zone } from './questions.ts';

/** A question made ready to be asked. */
export interface Ready {
  readonly rhythm: Rhythm;
  readonly hours: ActiveHours | null;
  readonly afterMs: number;
}

/** What the alarm asks. */
export function askAlarm({ rhythm, hours, afterMs }: Ready): Answer {
  return nextInstants(rhythm, hours, afterMs, 1)[0] ?? null;
}

/** What a screen asks: the slot with its reasons, or why there is none. */
export function askScreen({ rhythm, hours, afterMs }: Ready): Answer {
  const shown = nextShown({
    enabled: true,
    pause: null,
    hostPause: null,
    timezone: rhythm.timezone,
    rhythm,
    hours,
    now: afterMs,
  });
  return shown.slot?.at ?? null;
}

/** A question in the usual words: whatever is kept of it may be used. */
export function ready({ trigger, hours, outside, afterMs }: HardQuestion): Ready {
  return { rhythm: { trigger, timezone: zone, outside }, hours, afterMs };
}

/** Enough for the steps in which the kernel counts; zones' formatters are not freed, so not more. */
const enoughColdMs = 60;
export const maxCopies = 12;

let freshZones = 0;

/** New York in letters never used before: the same zone, with nothing about it kept anywhere of ours. */
export function freshZone(): string {
  const number = (freshZones += 1);
  let letter = 0;
  return zone.replaceAll(/[a-z]/gi, (written) =>
    ((number >> letter++) & 1) === 1 ? written.toUpperCase() : written.toLowerCase(),
  );
}

/** The same question with nothing kept from before: zone, pattern and hours are all new. */
export function fresh(question: HardQuestion): Ready {
  const { trigger, hours, outside, afterMs } = structuredClone(question);
  const timezone = freshZone();
  const own =
    trigger.kind === 'cron'
      ? { ...trigger, expression: trigger.expression + ' '.repeat(freshZones % 200) }
      : trigger;
  return { rhythm: { trigger: own, timezone, outside }, hours, afterMs };
}

/** A way to ask. */
export type Asking = (question: Ready) => Answer;

/** CPU microseconds of one answer, everything kept from the one before. */
export function warmMicros(asking: Asking, question: Ready, sampleMs: number): number {
  for (let times = 1; ; times *= 2) {
    const before = cpuMicros();
    const start = performance.now();
    for (let done = 0; done < times; done += 1) asking(question);
    if (performance.now() - start >= sampleMs / 2) return (cpuMicros() - before) / times;
  }
}

/** CPU microseconds of one answer to a question that is new: some new ones, made before, in a row. */
export function coldMicros(asking: Asking, question: HardQuestion): number {
  const first = fresh(question);
  const start = performance.now();
  asking(first);
  const tookMs = performance.now() - start;
  const copies = Math.min(maxCopies, Math.max(3, Math.ceil(enoughColdMs / tookMs)));
  const others = Array.from({ length: copies }, () => fresh(question));
  const before = cpuMicros();
  for (const other of others) asking(other);
  return (cpuMicros() - before) / copies;
}
