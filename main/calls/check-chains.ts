import type { Schedule } from '../../contract/schedule.ts';
import { chainLoops, loopWords } from '../schedule/chains.ts';
import type { Book } from '../scheduler/book.ts';

/** What is wrong with the chains of schedules that aren't saved yet: a message for each faulty id. */
export type ChainFaults = ReadonlyMap<string, string>;

/** The ids of the stored schedules that run after this one. */
export function downstreamOf(book: Pick<Book, 'after'>, id: string): readonly string[] {
  return book.after(id).map(({ stored }) => stored.document.id);
}

/**
 * What is wrong with the chains of these schedules, as they would be together with the stored ones:
 * they count as present, in the place of stored ones with the same id. A loop is named once, at the
 * first of its schedules here; a schedule to run after must exist.
 */
export function chainFaults(schedules: readonly Schedule[], book: Pick<Book, 'byId'>): ChainFaults {
  const given = new Map(schedules.map((schedule) => [schedule.id, schedule]));
  const upstreamOf = (id: string): string | null | undefined => {
    const schedule = given.get(id) ?? book.byId(id)?.stored.document;
    return schedule === undefined ? undefined : (schedule.after?.schedule ?? null);
  };
  const faults = new Map<string, string>();
  for (const { id, after } of schedules)
    if (after !== undefined && upstreamOf(after.schedule) === undefined)
      faults.set(
        id,
        `names the schedule ${after.schedule}, which doesn't exist; add it, or name another`,
      );
  const chained = schedules.filter(({ after }) => after !== undefined).map(({ id }) => id);
  for (const loop of chainLoops(chained, upstreamOf)) {
    const [first] = loop;
    const remedy = loop.length === 1 ? 'let it run by itself' : 'let one of them run by itself';
    if (first !== undefined) faults.set(first, `makes a loop: ${loopWords(loop)}; ${remedy}`);
  }
  return faults;
}
