import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { toInstant } from '../../../contract/time.ts';
import type { Trigger } from '../../../contract/trigger.ts';
import { nextSlots } from '../../../main/schedule/next-slots.ts';
import type { ActiveHours } from '../../../main/schedule/types.ts';
import { spreadOf } from '../statistics.ts';
import { atMost, noDifference, type BenchOptions, type Part } from '../suite.ts';
import { spreadText, type Table } from '../table.ts';
import { expressions } from './many-schedules.ts';
import { clockChanges, instantsOf2026, twentyHolidays } from './questions.ts';

interface Line {
  readonly trigger: Trigger;
  readonly hours: ActiveHours;
  readonly timezone: string;
  readonly outside: 'skip' | 'defer';
  readonly after: string;
}

const day = ['09:00-17:00'];
const hours: ActiveHours = {
  week: { mon: day, tue: day, wed: day, thu: day, fri: ['22:00-02:00'] },
  closed: { dates: [...twentyHolidays] },
};
const triggers: readonly Trigger[] = [
  { kind: 'interval', every: '30s' },
  { kind: 'interval', every: '2d', from: '2026-01-01', at: '09:30' },
  { kind: 'calendar', at: ['09:00', '14:30'], on: ['mon', 'fri#last', 15] },
  { kind: 'once', at: '2027-03-10T10:00' },
];

/** Lines of every kind, in six zones; a good half of them crons. */
function lines(count: number): readonly Line[] {
  const instants = instantsOf2026(count);
  return Array.from({ length: count }, (_, index) => ({
    trigger: triggers[index % 9] ?? {
      kind: 'cron',
      expression: expressions[index % expressions.length] ?? '* * * * *',
    },
    hours,
    timezone: clockChanges[index % clockChanges.length]?.[0] ?? 'UTC',
    outside: index % 5 === 0 ? 'defer' : 'skip',
    after: toInstant(instants[index] ?? 0),
  }));
}

/** The answer as the engine gives it within this process. */
function expected({ after, ...rhythm }: Line): string {
  const slots = nextSlots(rhythm, rhythm.hours, Date.parse(after), 5);
  return JSON.stringify({ next: slots.map((slot) => ({ ...slot, at: toInstant(slot.at) })) });
}

const builtCli = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url));
const sourceCli = fileURLToPath(new URL('../../../main/cli/index.ts', import.meta.url));
const limitMs = 3_000;

/** One run of the command. */
interface Asked {
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly answers: readonly string[];
}

/** CPU milliseconds of all children that have ended, where the system tells (Linux, in steps of 10 ms). */
function childrenCpuMs(): number {
  if (process.platform !== 'linux') return Number.NaN;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** By the clock; where other programs held it up for longer than it worked, the CPU time of its threads. */
function unhinderedMs({ tookMs, cpuMs }: Asked): number {
  return Number.isNaN(cpuMs) ? tookMs : Math.min(tookMs, cpuMs);
}

/** Time by the clock from the start of the process to its end, and what it wrote. */
function ask(cli: string, input: string): Asked {
  const before = childrenCpuMs();
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'next', '-'], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  const tookMs = performance.now() - start;
  if (status !== 0) throw new Error(`next - ended with ${String(status)}: ${stderr.slice(-500)}`);
  return { tookMs, cpuMs: childrenCpuMs() - before, answers: stdout.trimEnd().split('\n') };
}

/** `next -` for a thousand lines, with all it takes to start. */
export function nextLinesPart(options: BenchOptions): Part {
  options.say('next -');
  const built = existsSync(builtCli);
  const cli = built ? builtCli : sourceCli;
  const asked = lines(1_000);
  const input = asked.map((line) => `${JSON.stringify(line)}\n`).join('');
  const answers = ask(cli, input).answers;
  const differences = asked.filter((line, index) => answers[index] !== expected(line)).length;
  const whole = Array.from({ length: options.rounds }, () => ask(cli, input));
  const [first = ''] = input.split('\n');
  const start = Array.from({ length: options.rounds }, () => ask(cli, `${first}\n`));
  const name = built ? 'out/main/cli.js, as it was built' : 'main/cli/index.ts, as it stands';
  const clock = spreadOf(whole.map(({ tookMs }) => tookMs));
  const spread = spreadOf(whole.map(unhinderedMs));
  const cpu = (runs: readonly Asked[]): string =>
    spreadText(spreadOf(runs.map(({ cpuMs }) => cpuMs)));
  const table: Table = {
    title: `next - (${name})`,
    columns: ['lines', 'ms by the clock, start-up included', 'CPU ms, all threads'],
    rows: [
      ['1', spreadText(spreadOf(start.map(({ tookMs }) => tookMs))), cpu(start)],
      ['1 000, five slots each', spreadText(clock), cpu(whole)],
    ],
    notes: [
      'The target is held against the lesser of the two: on a busy machine the clock also counts the others.',
    ],
  };
  return {
    tables: [table],
    targets: [
      noDifference('answers of next -', differences, asked.length),
      atMost('next - for 1 000 lines', limitMs, 'ms', spread.median, `${spreadText(spread)} ms`),
    ],
    data: {
      nextLines: {
        cli: name,
        whole: whole.map(({ tookMs, cpuMs }) => ({ tookMs, cpuMs })),
        start: start.map(({ tookMs, cpuMs }) => ({ tookMs, cpuMs })),
      },
    },
  };
}
