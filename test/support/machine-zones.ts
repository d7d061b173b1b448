import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Zones a machine may be in: none of daylight saving, one of it, one of half an hour in the south. */
export const machineZones = ['UTC', 'America/New_York', 'Australia/Lord_Howe'] as const;

const program = fileURLToPath(new URL('./answer-cases.ts', import.meta.url));

/** What a process in some zone answered to random cases. */
export interface ZoneAnswers {
  /** The zone the process itself says it is in. */
  readonly zone: string;
  /** A line a case. */
  readonly lines: readonly string[];
}

/**
 * Answers random cases in a process started with this `TZ`: set later, inside a worker, it would have
 * no effect.
 */
export async function answersIn(TZ: string, seed: number, runs: number): Promise<ZoneAnswers> {
  const child = spawn(process.execPath, [program, String(seed), String(runs)], {
    env: { ...process.env, TZ, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`the process in ${TZ} ended with ${String(code)}: ${errors}`);
  const [zone = '', ...lines] = output.trimEnd().split('\n');
  return { zone, lines };
}

/** The cases that not all zones answer alike, or that differ from the walk; a line each. */
export function unlike(answers: readonly ZoneAnswers[]): readonly string[] {
  const [first, ...others] = answers;
  return (first?.lines ?? []).filter(
    (line, index) =>
      line.includes('"differs":') || others.some((other) => other.lines[index] !== line),
  );
}
