import process from 'node:process';
import { aFolder } from '../../support/builders.ts';
import type { BenchOptions } from '../suite.ts';
import { migrations, type Migration } from '../../../main/store/migrations.ts';
import { writeLedger } from './long-ledger.ts';

/** How many runs a long ledger has, and the short one it is held against. */
export const longRuns = 1_000_000;
export const shortRuns = 10_000;

const folders = new Map<string, ReturnType<typeof aFolder>>();
process.once('exit', () => {
  for (const { remove } of folders.values()) remove();
});

/** A folder with a ledger of so many runs, written once a process and removed at its end. */
export function ledgerFolder(
  { say }: BenchOptions,
  runs: number,
  schedules: number,
  steps: readonly Migration[] = migrations,
): string {
  const key = [runs, schedules, steps.length].join();
  const known = folders.get(key);
  if (known !== undefined) return known.path;
  say(`writing a ledger of ${String(runs)} runs, ${String(schedules)} schedules`);
  const made = aFolder();
  folders.set(key, made);
  writeLedger(made.path, { runs, schedules, steps });
  return made.path;
}

/** The long ledger of a run: shorter in the short form. */
export function runsIn({ quick }: BenchOptions): number {
  return quick ? longRuns / 10 : longRuns;
}
