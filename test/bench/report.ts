import { machineText, type Machine } from './machine.ts';
import type { Part, Target } from './suite.ts';
import { tableText, type Table } from './table.ts';

/** A finished run of a suite, as it is written to the JSON file. */
export interface BenchReport {
  readonly suite: string;
  readonly quick: boolean;
  readonly startedAt: string;
  readonly seconds: number;
  readonly machine: Machine;
  readonly parts: readonly Part[];
  /** What all answers of the races came to; it says nothing but that they were used. */
  readonly checksum: number;
  readonly missed: readonly Target[];
}

/** What was promised, what was found, and whether that is enough. */
export function targetsTable(targets: readonly Target[]): Table {
  return {
    title: 'Targets',
    columns: ['figure', 'wanted', 'found', 'verdict'],
    rows: targets.map(({ what, wanted, found, met }) => [
      what,
      wanted,
      found,
      met === null ? 'not measured' : met ? 'met' : 'MISSED',
    ]),
    notes: [],
  };
}

/** The head of a report, before anything is measured. */
export function headText(suite: string, quick: boolean, machine: Machine): string {
  return `## bench ${suite}${quick ? ' --quick (too short to be quoted)' : ''}\n\n${machineText(machine)}`;
}

/** The tables of one part. */
export function partText(part: Part): string {
  return part.tables.map(tableText).join('\n\n');
}

/** The end of a report: every target, and the verdict in one line. */
export function verdictText(targets: readonly Target[]): string {
  const count = (verdict: Target['met']): number =>
    targets.filter(({ met }) => met === verdict).length;
  const [missed, unmeasured] = [count(false), count(null)];
  const verdict =
    missed === 0 && unmeasured === 0
      ? `All ${String(targets.length)} targets met.`
      : `${String(missed)} of ${String(targets.length)} targets missed.`;
  const line = unmeasured === 0 ? verdict : `${verdict} ${String(unmeasured)} not measured.`;
  return `${tableText(targetsTable(targets))}\n\n${line}`;
}
