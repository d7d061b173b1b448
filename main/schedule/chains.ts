/** The id of the schedule another one runs after; null for one with a trigger, undefined where there is none. */
export type UpstreamOf = (id: string) => string | null | undefined;

/** How many schedules of a loop are named; the rest is counted. */
const shownLinks = 10;

/**
 * A loop in the order of its runs, given in the order its schedules wait for each other, and turned so
 * that the one asked about first comes first.
 */
function asRuns(waiting: readonly string[], rank: ReadonlyMap<string, number>): readonly string[] {
  const loop = [...waiting].reverse();
  const ranks = loop.map((id) => rank.get(id) ?? rank.size);
  const index = ranks.reduce((least, one, at) => (one < (ranks[least] ?? one) ? at : least), 0);
  return [...loop.slice(index), ...loop.slice(0, index)];
}

/**
 * The loops that chains make (design.md section 2, rule 14), each once, in the order of its runs and
 * beginning with the first of its ids in `ids`. Looks from each of the ids upstream, as far as chains
 * lead, so that a loop is found which only some of its schedules are asked about. Takes time in the
 * number of links, and no stack.
 */
export function chainLoops(
  ids: readonly string[],
  upstreamOf: UpstreamOf,
): readonly (readonly string[])[] {
  const rank = new Map(ids.map((id, index) => [id, index]));
  const loops: (readonly string[])[] = [];
  const walkOf = new Map<string, number>();
  ids.forEach((start, walk) => {
    const path: string[] = [];
    let at: string | null | undefined = start;
    while (typeof at === 'string' && !walkOf.has(at)) {
      walkOf.set(at, walk);
      path.push(at);
      at = upstreamOf(at);
    }
    if (typeof at === 'string' && walkOf.get(at) === walk)
      loops.push(asRuns(path.slice(path.indexOf(at)), rank));
  });
  return loops;
}

/** A loop as words, back to where it began: "a → b → c → a"; of a long one the first ten. */
export function loopWords(loop: readonly string[]): string {
  const shown = loop.slice(0, shownLinks);
  const more = loop.length - shown.length;
  return [...shown, ...(more > 0 ? [`${String(more)} more`] : []), loop[0] ?? ''].join(' → ');
}
