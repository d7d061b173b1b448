/** Numbers, each with the instant (epoch ms) it waits for: the soonest is at hand, whatever changes. */
export interface Soonest {
  /** Notes what a number waits for; null for nothing. */
  set(number: number, atMs: number | null): void;
  /** The first instant that is waited for; Infinity where none is. */
  firstMs(): number;
  /** The numbers whose instant has come, in their order. */
  until(nowMs: number): readonly number[];
}

interface Place {
  readonly atMs: number;
  readonly number: number;
}

/** A heap: each place's instant is no later than those of the two places that follow from it. */
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
      if (other === undefined || other.atMs <= place.atMs) break;
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
      const left = 2 * index + 1;
      const below = this.#atMs(left + 1) < this.#atMs(left) ? left + 1 : left;
      const other = this.#places[below];
      if (other === undefined || other.atMs >= last.atMs) break;
      this.#places[index] = other;
      index = below;
    }
    this.#places[index] = last;
  }

  /** The numbers of all places up to an instant, in no order. */
  upTo(nowMs: number, found: number[] = [], index = 0): number[] {
    const place = this.#places[index];
    if (place === undefined || place.atMs > nowMs) return found;
    found.push(place.number);
    this.upTo(nowMs, found, 2 * index + 1);
    return this.upTo(nowMs, found, 2 * index + 2);
  }

  fill(places: Iterable<Place>): void {
    this.#places = [];
    for (const place of places) this.push(place);
  }

  #atMs(index: number): number {
    return this.#places[index]?.atMs ?? Infinity;
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
    until: (nowMs) => {
      tidy();
      if (heap.first === undefined || heap.first.atMs > nowMs) return [];
      const come = new Set(heap.upTo(nowMs));
      return [...come]
        .filter((number) => (current.get(number) ?? Infinity) <= nowMs)
        .sort((a, b) => a - b);
    },
  };
}
