/** Numbers, each with the instant (epoch ms) it waits for: the soonest is at hand, whatever changes. */
export interface Soonest {
  /** Notes what a number waits for; null for nothing. */
  set(number: number, atMs: number | null): void;
  /** The first instant that is waited for; Infinity where none is. */
  firstMs(): number;
  /** The numbers whose instant has come, the longest ago first, and of those with one instant in their order. */
  until(nowMs: number, most?: number): readonly number[];
}

interface Place {
  readonly atMs: number;
  readonly number: number;
}

function isBefore(one: Place, other: Place): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.number < other.number);
}

/** A heap: each place comes before the two places that follow from it. */
class Heap {
  #places: Place[] = [];

  get first(): Place | undefined {
    return this.#places[0];
  }

  get size(): number {
    return this.#places.length;
  }

  push(place: Place): void {
    let index = this.#places.push(place) - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const other = this.#places[above];
      if (other === undefined || !isBefore(place, other)) break;
      this.#places[index] = other;
      index = above;
    }
    this.#places[index] = place;
  }

  pop(): void {
    const last = this.#places.pop();
    if (last === undefined || this.#places.length === 0) return;
    let index = 0;
    for (;;) {
      const below = this.#firstBelow(index);
      const other = this.#places[below];
      if (other === undefined || !isBefore(other, last)) break;
      this.#places[index] = other;
      index = below;
    }
    this.#places[index] = last;
  }

  fill(places: Iterable<Place>): void {
    this.#places = [];
    for (const place of places) this.push(place);
  }

  /** Which of the two places that follow from one comes first. */
  #firstBelow(index: number): number {
    const [left, right] = [2 * index + 1, 2 * index + 2];
    const [one, other] = [this.#places[left], this.#places[right]];
    return one !== undefined && other !== undefined && isBefore(other, one) ? right : left;
  }
}

/** Nothing that waits. */
export function createSoonest(): Soonest {
  const current = new Map<number, number>();
  // Holds outdated places too: they are dropped when they come first, or become too many.
  const heap = new Heap();

  const tidy = (): void => {
    if (heap.size > 2 * current.size + 64)
      heap.fill([...current].map(([number, atMs]) => ({ number, atMs })));
    for (let { first } = heap; first !== undefined; { first } = heap) {
      if (current.get(first.number) === first.atMs) return;
      heap.pop();
    }
  };

  return {
    set: (number, atMs) => {
      if (atMs === null) current.delete(number);
      else if (current.get(number) !== atMs) {
        current.set(number, atMs);
        heap.push({ number, atMs });
      }
    },
    firstMs: () => {
      tidy();
      return heap.first?.atMs ?? Infinity;
    },
    until: (nowMs, most = Infinity) => {
      const come: Place[] = [];
      while (come.length < most) {
        tidy();
        const { first } = heap;
        if (first === undefined || first.atMs > nowMs) break;
        heap.pop();
        // The same place may be there twice: a number that was given another instant and then this one again.
        if (come.at(-1)?.number !== first.number) come.push(first);
      }
      for (const place of come) heap.push(place);
      return come.map(({ number }) => number);
    },
  };
}
