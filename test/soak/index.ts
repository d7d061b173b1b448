import { join } from 'node:path';
import process from 'node:process';
import { describeMachine, machineText } from '../bench/machine.ts';
import { verdictText } from '../bench/report.ts';
import { aFolder } from '../support/builders.ts';
import { seed, seedShown } from '../support/seed.ts';
import type { Sample } from './gauge.ts';
import { soak } from './soak.ts';
import { soakTargets } from './verdict.ts';

/** `npm run test:soak`: a million ticks of a host on a virtual clock; ends with 1 where something grows. */
const ticks = Number(process.env['JACKDAW_TICKS'] ?? 1_000_000);

const columns = [
  'ticks',
  'seconds',
  'RSS kB',
  'heap kB',
  'handles',
  'timers',
  'database kB',
  'WAL kB',
];

function line(sample: Sample): string {
  const kilobytes = (bytes: number): string => String(Math.round(bytes / 1e3));
  const { rssBytes, heapBytes, handles, timers, databaseBytes, walBytes } = sample;
  return [
    String(sample.ticks),
    sample.seconds.toFixed(0),
    ...[rssBytes, heapBytes].map(kilobytes),
    String(handles),
    String(timers),
    ...[databaseBytes, walBytes].map(kilobytes),
  ]
    .map((text, index) => text.padStart(columns[index]?.length ?? 0))
    .join('  ');
}

async function main(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error('Memory is judged after gc(): add --expose-gc.');
  const { path, remove } = aFolder();
  console.log(`${seedShown} JACKDAW_TICKS=${String(ticks)}, in ${path}`);
  console.log(`${machineText(describeMachine(['better-sqlite3']))}\n\n${columns.join('  ')}`);
  const report = await soak({
    ...{ folder: path, ticks, seed },
    samples: 100,
    onSample: (sample) => {
      console.log(line(sample));
    },
  });
  const { days, runs, events, windows } = report;
  console.log(
    `\n${days.toFixed(0)} days, ${String(runs)} runs, ${String(events)} events, ${String(windows)} windows`,
  );
  const targets = soakTargets(report);
  console.log(verdictText(targets));
  if (targets.every(({ met }) => met)) {
    remove();
    return 0;
  }
  for (const error of report.errors.slice(0, 20)) console.log(error);
  for (const finding of report.findings.slice(0, 20)) console.log(finding);
  console.log(`The data folder is kept: ${join(path, 'data')}`);
  return 1;
}

process.exitCode = await main();
