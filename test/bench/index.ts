import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.ts';
import { answersKept, leastRounds } from './race.ts';
import { headText, partText, verdictText, type BenchReport } from './report.ts';
import type { BenchOptions, Part, Suite } from './suite.ts';

/** Every suite, loaded when it is asked for. A new one has a folder of its own and a line here. */
const suites: Readonly<Record<string, () => Promise<Suite>>> = {
  scheduler: async () => (await import('./scheduler/suite.ts')).schedulerSuite,
  events: async () => (await import('./events/suite.ts')).eventsSuite,
  store: async () => (await import('./store/suite.ts')).storeSuite,
  time: async () => (await import('./time/suite.ts')).timeSuite,
};

const usage = `npm run bench -- [SUITE] [--quick] [--rounds N] [--part N] [--json FILE]

suites: ${Object.keys(suites).join(', ')}; without one, all of them one after the other
--quick       fewer rounds and questions; too short to be quoted
--rounds N    how many rounds, at least 3 (5, with --quick 3)
--part N      one part of a suite alone, counted from 1
--json FILE   where a suite’s figures go (test/bench/results/SUITE.json)

Ends with 1 where a target is missed or an answer differs.`;

/** Runs the parts of a suite one after the other, each printed as soon as it is done. */
async function runSuite(suite: Suite, options: BenchOptions, only: number): Promise<BenchReport> {
  const machine = describeMachine(suite.packages);
  const startedAt = new Date().toISOString();
  console.log(headText(suite.name, options.quick, machine));
  const parts: Part[] = [];
  for (const [index, run] of suite.parts.entries()) {
    if (only !== 0 && only !== index + 1) continue;
    const part = await run(options);
    console.log(`\n${partText(part)}`);
    parts.push(part);
  }
  const targets = parts.flatMap((part) => part.targets);
  console.log(`\n${verdictText(targets)}`);
  return {
    suite: suite.name,
    quick: options.quick,
    startedAt,
    seconds: Math.round((Date.now() - Date.parse(startedAt)) / 1_000),
    machine,
    parts,
    checksum: answersKept(),
    missed: targets.filter(({ met }) => met === false),
  };
}

/** Whether a suite has a part of that number; 0 is all of them. */
function isPart(part: number, suite: Suite): boolean {
  return Number.isInteger(part) && part >= 0 && part <= suite.parts.length;
}

/** The command line, or null where it can't be understood. */
function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        part: { type: 'string', default: '0' },
        json: { type: 'string' },
      },
    });
  } catch {
    return null;
  }
}

/** Runs a suite and writes its figures down; answers whether all targets are met. */
async function runAndWrite(
  name: string,
  suite: Suite,
  options: BenchOptions,
  part: number,
  json: string | undefined,
): Promise<boolean> {
  const report = await runSuite(suite, options, part);
  const path = resolve(json ?? `test/bench/results/${name}.json`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
  options.say(`figures in ${path}, ${String(report.seconds)} s`);
  return report.missed.length === 0;
}

async function main(): Promise<number> {
  const { values, positionals } = readArguments() ?? { values: null, positionals: [] };
  const names = positionals.length === 0 ? Object.keys(suites) : positionals;
  const known = names.every((name) => Object.hasOwn(suites, name));
  const one = positionals.length === 1;
  const ofOne = values !== null && (values.part !== '0' || values.json !== undefined);
  if (values === null || !known || positionals.length > 1 || (ofOne && !one)) {
    console.error(usage);
    return 2;
  }
  const rounds = Number(values.rounds ?? (values.quick ? leastRounds : 5));
  const part = Number(values.part);
  const options: BenchOptions = {
    quick: values.quick,
    rounds,
    sampleMs: values.quick ? 40 : 200,
    say: (what) => process.stderr.write(`… ${what}\n`),
  };
  let met = true;
  for (const name of names) {
    const suite = await suites[name]?.();
    if (
      suite === undefined ||
      rounds < leastRounds ||
      !Number.isInteger(rounds) ||
      !isPart(part, suite)
    ) {
      console.error(usage);
      return 2;
    }
    met = (await runAndWrite(name, suite, options, part, values.json)) && met;
  }
  return met ? 0 : 1;
}

process.exitCode = await main();
