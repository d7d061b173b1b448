import process from 'node:process';
import { numbersOfThisRun } from './rounds.ts';

/** Runs once before the chaos suite: says its seed and its numbers. */
export function setup(): void {
  console.log(`Chaos with JACKDAW_SEED=${String(process.env['JACKDAW_SEED'])}:`);
  console.log(numbersOfThisRun());
}
