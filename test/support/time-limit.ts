import fc from 'fast-check';
import { vi } from 'vitest';
import { coverageFactor } from './cpu-time.ts';
import type { HardQuestion } from './hard-questions.ts';
import { aCase, asLine, askedOf } from './random-rhythms.ts';
import { anyInstant } from './random-texts.ts';

/** No question to the time engine takes longer, whatever is asked (issue 3, "Bounded"). */
export const limitMs = 50;

/** One measured question. */
export interface Measured {
  readonly name: string;
  readonly ms: number;
}

/** The questions there are, to be asked of an engine whose modules these are. */
const asks = {
  nextSlots: (one, { slots }) => slots.nextSlots(one.rhythm, one.hours, one.afterMs, 1),
  whyNever: (one, { slots }) => slots.whyNever(one.rhythm, one.hours, one.afterMs),
  isOpen: (one, { hours }) => hours.isOpen(one.hours, one.rhythm.timezone, one.afterMs),
  openStretch: (one, { hours }) => hours.openStretch(one.hours, one.rhythm.timezone, one.afterMs),
  nextOpening: (one, { hours }) => hours.nextOpening(one.hours, one.rhythm.timezone, one.afterMs),
} as const satisfies Readonly<Record<string, (one: HardQuestion, engine: Engine) => unknown>>;

interface Engine {
  readonly slots: typeof import('../../main/schedule/next-slots.ts');
  readonly hours: typeof import('../../main/schedule/active-hours.ts');
}

/** The engine as a process that has just started has it: no zone read, no pattern kept. */
async function freshEngine(): Promise<Engine> {
  vi.resetModules();
  return {
    slots: await import('../../main/schedule/next-slots.ts'),
    hours: await import('../../main/schedule/active-hours.ts'),
  };
}

/**
 * How long something took: by the clock, or, where that is over the limit, by the processor's time of
 * this thread if that is less; what coverage costs is taken off. Nothing here waits, so they differ only where the machine was busy with others.
 */
function timed(ask: () => unknown): number {
  const used = process.threadCpuUsage();
  const begun = performance.now();
  ask();
  const ms = (performance.now() - begun) / coverageFactor;
  if (ms <= limitMs) return ms;
  const { user, system } = process.threadCpuUsage(used);
  return Math.min(ms, (user + system) / 1_000 / coverageFactor);
}

/** The best of three where the first was over the limit: a busy machine may pause any process for so long. */
async function bestOfThree(
  ask: (engine: Engine) => unknown,
  engine: Engine | undefined,
): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && best > limitMs; attempt += 1) {
    const used = (attempt === 0 ? engine : undefined) ?? (await freshEngine());
    best = Math.min(
      best,
      timed(() => ask(used)),
    );
  }
  return best;
}

/**
 * How long each question takes that can be asked of the engine, slowest first. The engine is fresh for
 * each hard question, and for `every` single one that is asked about it too; in turn, each of them is
 * the first of its zone.
 */
export async function measureFresh(
  questions: readonly HardQuestion[],
  fresh: 'each' | 'every',
): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  const names = Object.entries(asks);
  for (const [index, question] of questions.entries()) {
    const shared = fresh === 'each' ? await freshEngine() : undefined;
    const first = index % names.length;
    for (const [name, ask] of [...names.slice(first), ...names.slice(0, first)]) {
      const ms = await bestOfThree((engine) => ask(question, engine), shared);
      measured.push({ name: `${name}: ${question.name}`, ms });
    }
  }
  return measured.sort((a, b) => b.ms - a.ms);
}

/** Those over the limit, with their times, for a person to read. */
export function overLimit(measured: readonly Measured[]): readonly string[] {
  return measured
    .filter(({ ms }) => ms > limitMs)
    .map(({ name, ms }) => `${name} took ${ms.toFixed(0)} ms`);
}

const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));

/** Random questions of random zones, asked in any year there is; named by the line of `next -`. */
export function randomQuestions(seed: number, runs: number): readonly HardQuestion[] {
  const parts = fc.tuple(aCase, anyZone, anyInstant);
  return fc.sample(parts, { seed, numRuns: runs }).map(([one, timezone, afterMs]) => {
    const asked = askedOf(one);
    const name = `${asLine(asked, 1)} but in ${timezone}, after ${String(afterMs)} ms`;
    return { name, rhythm: { ...asked.rhythm, timezone }, hours: asked.hours, afterMs };
  });
}
