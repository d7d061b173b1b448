import process from 'node:process';

/** How long the suite is: `short` inside `npm test`, `plain` in `npm run test:chaos`, `long` with `-- --long`. */
const forms = ['short', 'plain', 'long'] as const;

/** The parts that are done at random, and how often in each form. */
const parts = {
  kills: ['kills of the host', 2, 50, 1_000],
  children: ['kills of children', 2, 10, 200],
  leader: ['rounds of hosts that start at once', 1, 3, 50],
  hosts: ['hosts in each', 4, 20, 20],
  fullDisk: ['rounds on a full disk', 0, 5, 100],
  flips: ['databases with flipped bits', 6, 25, 500],
  cuts: ['cuts of each WAL', 10, 200, Infinity],
} as const;

/** A part of the suite that has a number. */
export type Part = keyof typeof parts;

const form = forms.find((one) => one === process.env['JACKDAW_CHAOS']) ?? 'short';

/** Whether this is the short form inside `npm test`. */
export const isShort = form === 'short';

function roundsOf(part: Part): number {
  const given = process.env['JACKDAW_ROUNDS'];
  // How many hosts a round has says how it looks, not how often it is done.
  if (!isShort && given !== undefined && part !== 'hosts') return Number(given);
  return Number(parts[part][1 + forms.indexOf(form)]);
}

/** How often each part is done in this run; `JACKDAW_ROUNDS` says another number, of the suite alone. */
export const rounds = Object.fromEntries(
  Object.keys(parts).map((part) => [part, roundsOf(part as Part)]),
) as Readonly<Record<Part, number>>;

/** A number as the suite prints it: `1,000`, or `all`. */
export function counted(value: number): string {
  return value === Infinity ? 'all' : value.toLocaleString('en');
}

/** The numbers of this run, a line each. */
export function numbersOfThisRun(): string {
  const lines = Object.entries(parts).map(
    ([part, [name]]) => `  ${counted(rounds[part as Part]).padStart(6)} ${name}`,
  );
  return lines.join('\n');
}

/** How often a long part says how far it is. */
const saidTimes = 20;

/** Does something with one after another of a part, and says on the terminal how far it is. */
export async function inTurn<One>(
  part: Part,
  all: readonly One[],
  work: (one: One, nth: number) => Promise<void> | void,
): Promise<void> {
  const every = Math.ceil(all.length / saidTimes);
  for (const [nth, one] of all.entries()) {
    await work(one, nth);
    const done = nth + 1;
    if (!isShort && (done % every === 0 || done === all.length))
      console.log(`${parts[part][0]}: ${counted(done)} of ${counted(all.length)}`);
  }
}

/** Does the rounds of a part one after another, and says on the terminal how far it is. */
export async function inRounds(
  part: Part,
  work: (round: number) => Promise<void>,
  total = rounds[part],
): Promise<void> {
  await inTurn(part, [...Array(total).keys()], work);
}
