import { Cron } from 'croner';
import process from 'node:process';
import { nextInstants } from '../../../main/schedule/next-slots.ts';
import { createBook } from '../../../main/scheduler/book.ts';
import { planOf } from '../../../main/scheduler/plan.ts';
import { heapBytes } from '../heap-bytes.ts';
import { expressions, storedSchedules, worldIn, type HoursMix } from './many-schedules.ts';
import { zone } from './questions.ts';

/** What a number of schedules holds in the heap, in bytes a schedule. */
export interface HeapShares {
  /** The stored schedules: documents and state. */
  readonly documents: number;
  /** What the engine keeps to answer: patterns, hours made ready, zone tables. */
  readonly engine: number;
  /** What the book adds to the documents: plans, next slots, and the engine's own. */
  readonly book: number;
  /** One `Cron` of croner, for comparison. */
  readonly cron: number;
}

const held: unknown[] = [];

/** Bytes that what `make` returns holds, alive together with all that was made before. */
function bytesOf(make: () => unknown): number {
  const before = heapBytes();
  held.push(make());
  return heapBytes() - before;
}

/** Runs everything once on a few schedules, so that code and zone tables aren't counted. */
function warmUp(mix: HoursMix): void {
  const book = createBook(worldIn);
  for (const stored of storedSchedules(50, mix)) book.put(stored);
}

function measure(count: number, mix: HoursMix, part: keyof HeapShares): number {
  warmUp(mix);
  const crons = (): unknown =>
    expressions.map((expression) => new Cron(expression, { timezone: zone }));
  if (part === 'cron') return bytesOf(crons) / expressions.length;
  let stored: ReturnType<typeof storedSchedules> = [];
  const documents = bytesOf(() => (stored = storedSchedules(count, mix)));
  if (part === 'documents') return documents / count;
  const world = worldIn();
  if (part === 'engine')
    return (
      bytesOf(() => {
        for (const { document, handledUntilMs } of stored) {
          const { rhythm, hours } = planOf(document, world);
          if (rhythm !== null) nextInstants(rhythm, hours, handledUntilMs, 1);
        }
      }) / count
    );
  const book = bytesOf(() => {
    const made = createBook(() => world);
    for (const one of stored) made.put(one);
    return made;
  });
  return book / count;
}

const [count = '', mix = '', part = ''] = process.argv.slice(2);
const bytes = measure(Number(count), mix as HoursMix, part as keyof HeapShares);
process.stdout.write(`${String(bytes)}\n`);
if (held.length === 0) throw new Error('nothing was measured');
