import { roundOrder, spreadOf, timesFaster } from './statistics.ts';
import { figure, spreadText } from './table.ts';
import type { BenchOptions } from './suite.ts';

/** An instant in epoch milliseconds, or null for never. */
export type Answer = number | null;

/** Whoever answers "when next, after this instant?" (epoch ms). */
export interface Contender {
  readonly name: string;
  readonly ask: (afterMs: number) => Answer;
  /** The questions put to it, where it is too slow for all of them. */
  readonly only?: readonly number[];
}

/** How a contender did. */
export interface Standing {
  readonly name: string;
  readonly asked: number;
  /** Answers unlike the reference's. */
  readonly differences: number;
  /** CPU microseconds an answer, round by round. */
  readonly micros: readonly number[];
}

/** CPU time of this thread so far, in microseconds; the kernel counts it in steps of some milliseconds. */
export function cpuMicros(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

/** The fewest rounds a figure may come from, and all that one of a slow contender does. */
export const leastRounds = 3;
const slowMs = 1_500;

let kept = 0;

/** Asks all questions so many times. */
function pass({ ask }: Contender, questions: readonly number[], passes: number): void {
  for (let done = 0; done < passes; done += 1)
    for (const question of questions) kept ^= ask(question) ?? 1;
}

/** CPU microseconds an answer, over so many passes through the questions. */
function sample(contender: Contender, questions: readonly number[], passes: number): number {
  const before = cpuMicros();
  pass(contender, questions, passes);
  return (cpuMicros() - before) / (passes * questions.length);
}

/** How many answers are unlike the reference's; a contender that throws has given a wrong one. */
function differencesOf(
  { ask }: Contender,
  questions: readonly number[],
  reference: (afterMs: number) => Answer,
): number {
  const right = (question: number): boolean => {
    try {
      return ask(question) === reference(question);
    } catch {
      return false;
    }
  };
  return questions.filter((question) => !right(question)).length;
}

/** A contender on the line: how often it is asked, and what it cost so far. */
interface Runner {
  readonly contender: Contender;
  readonly asked: readonly number[];
  readonly differences: number;
  readonly passes: number;
  readonly rounds: number;
  readonly micros: number[];
}

/** Passes that fill the time of a sample, found by doubling them, which warms the contender up too. */
function passesFor(contender: Contender, questions: readonly number[], sampleMs: number): number {
  for (let passes = 1; ; passes *= 2) {
    const start = performance.now();
    pass(contender, questions, passes);
    const tookMs = performance.now() - start;
    if (tookMs > sampleMs / 2) return Math.max(1, Math.round((passes * sampleMs) / tookMs));
  }
}

/** Compares a contender's answers, and warms it up; where that takes seconds it is asked less often. */
function prepare(
  contender: Contender,
  questions: readonly number[],
  reference: (afterMs: number) => Answer,
  { rounds, sampleMs }: BenchOptions,
): Runner {
  const asked = contender.only ?? questions;
  const start = performance.now();
  const differences = differencesOf(contender, asked, reference);
  const isSlow = performance.now() - start > slowMs;
  const passes = isSlow ? 1 : passesFor(contender, asked, sampleMs);
  return {
    contender,
    asked,
    differences,
    passes,
    rounds: isSlow ? leastRounds : rounds,
    micros: [],
  };
}

/**
 * Lets contenders answer the same questions side by side: first the answers are compared with the
 * reference's, then each is warmed up, then they take turns, round by round, in an order that
 * changes. What counts is CPU time of the thread, so that a busy machine blurs the figures less.
 */
export function race(
  contenders: readonly Contender[],
  questions: readonly number[],
  reference: (afterMs: number) => Answer,
  options: BenchOptions,
): readonly Standing[] {
  const known = new Map(questions.map((question) => [question, reference(question)]));
  const right = (question: number): Answer => known.get(question) ?? null;
  const runners = contenders.map((one) => prepare(one, questions, right, options));
  for (let round = 0; round < options.rounds; round += 1)
    for (const turn of roundOrder(runners.length, round)) {
      const runner = runners[turn];
      if (runner === undefined || round >= runner.rounds) continue;
      runner.micros.push(sample(runner.contender, runner.asked, runner.passes));
    }
  return runners.map(({ contender, asked, differences, micros }) => ({
    name: contender.name,
    asked: asked.length,
    differences,
    micros,
  }));
}

/** The columns of a race's table. */
export const raceColumns = ['contender', 'CPU µs an answer', 'x the yardstick', 'differ'];

/** A race as rows of a table: cost, how many times faster than the yardstick, and what differs. */
export function raceRows(
  standings: readonly Standing[],
  yardstick: Standing,
): readonly (readonly string[])[] {
  return standings.map(({ name, asked, differences, micros }) => [
    name,
    spreadText(spreadOf(micros)),
    figure(timesFaster(yardstick.micros, micros).median),
    `${String(differences)} of ${String(asked)}`,
  ]);
}

/** The standing of that name. @throws Error where nobody of that name took part. */
export function standingOf(standings: readonly Standing[], name: string): Standing {
  const found = standings.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} did not take part`);
  return found;
}

/** What the answers came to: read at the end, so that no compiler may leave them out. */
export function answersKept(): number {
  return kept;
}
