import type { Table } from './table.ts';

/** What a suite is told. */
export interface BenchOptions {
  /** The short form: fewer rounds and questions, for whoever is in the middle of a change. */
  readonly quick: boolean;
  /** How many rounds; at least three. */
  readonly rounds: number;
  /** How long one contender is measured in one round, in milliseconds. */
  readonly sampleMs: number;
  /** Says on stderr what is being measured. */
  readonly say: (what: string) => void;
}

/** A figure that was promised, and what was found. */
export interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
  /** Null where it could not be measured here. */
  readonly met: boolean | null;
}

/** One part of a suite: its tables, the targets they bear on, and the figures behind them. */
export interface Part {
  readonly tables: readonly Table[];
  readonly targets: readonly Target[];
  /** The bare figures, for the JSON beside the tables. */
  readonly data: unknown;
}

/** A suite of `npm run bench`: named after what it measures, in parts that run one after the other. */
export interface Suite {
  readonly name: string;
  /** Packages whose versions belong above its tables. */
  readonly packages: readonly string[];
  readonly parts: readonly ((options: BenchOptions) => Part | Promise<Part>)[];
}

/** A ratio that must not fall below a limit. */
export function atLeast(what: string, limit: number, found: number, text: string): Target {
  return { what, wanted: `at least ${String(limit)} ×`, found: `${text} ×`, met: found >= limit };
}

/** An amount that must not exceed a limit; `text` says what was found, with its unit. */
export function atMost(
  what: string,
  limit: number,
  unit: string,
  found: number,
  text: string,
): Target {
  return {
    what,
    wanted: `at most ${String(limit)} ${unit}`,
    found: text,
    met: found <= limit,
  };
}

/** Answers that must not differ from the reference's. */
export function noDifference(what: string, differences: number, asked: number): Target {
  return {
    what,
    wanted: '0 differences',
    found: `${String(differences)} of ${String(asked)}`,
    met: differences === 0 && asked > 0,
  };
}
