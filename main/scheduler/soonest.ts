/** Numbers, each with the instant (epoch ms) it waits for: the soonest is at hand, whatever changes. */
export interface Soonest {
  /** Notes what a number waits for; null for nothing. */
  set(number: number, atMs: number | null): void;
  /** The first instant that is waited for; Infinity where none is. */
  firstMs(): number;
  /** The numbers whose instant has come, the longest ago first, and of those with one instant in their order. */
  until(nowMs: number, most?: number): readonly number[];
}

/** A heap of instants: each comes before the two that follow from its place. */
class Heap {
  readonly #instants: number[] = [];

  get first(): number | undefined {
    return this.#instants[0];
  }

  push(atMs: number): void {
    let index = this.#instants.push(atMs) - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const other = this.#instants[above];
      if (other === undefined || other <= atMs) break;
      this.#instants[index] = other;
      index = above;
    }
    this.#instants[index] = atMs;
  }

  pop(): void {
    const last = this.#instants.pop();
    if (last === undefined || this.#instants.length === 0) return;
    let index = 0;
    for (;;) {
      const below = this.#firstBelow(index);
      const other = this.#instants[below];
      if (other === undefined || other >= last) break;
      this.#instants[index] = other;
      index = below;
    }
    this.#instants[index] = last;
  }

  /** Which of the two places that follow from one comes first. */
  #firstBelow(index: number): number {
    const [left, right] = [2 * index + 1, 2 * index + 2];
    const [one, other] = [this.#instants[left], this.#instants[right]];
    return one !== undefined && other !== undefined && other < one ? right : left;
  }
}

/** The numbers that were to wait for one instant. Some of them may wait for another by now. */
class Group {
  #numbers: number[] = [];
  /** Those before this place wait for another instant. */
  #from = 0;
  #isSorted = true;

  readonly atMs: number;

  constructor(atMs: number) {
    this.atMs = atMs;
  }

  add(number: number): void {
    this.#isSorted &&= number > (this.#numbers.at(-1) ?? -Infinity);
    this.#numbers.push(number);
  }

  /** Whether any waits for this instant still, by what all wait for. */
  isWaiting(current: ReadonlyMap<number, number>): boolean {
    for (; this.#from < this.#numbers.length; this.#from += 1)
      if (current.get(this.#numbers[this.#from] ?? NaN) === this.atMs) return true;
    return false;
  }

  /** Those that wait for it still, in their order, are put behind these; at most so many in all. */
  collect(current: ReadonlyMap<number, number>, into: number[], most: number): void {
    if (!this.#isSorted) this.#sort();
    if (!this.isWaiting(current)) return;
    for (let index = this.#from; index < this.#numbers.length && into.length < most; index += 1) {
      const number = this.#numbers[index] ?? NaN;
      if (current.get(number) === this.atMs) into.push(number);
    }
  }

  /** A number is there twice where it was given another instant in between. */
  #sort(): void {
    this.#numbers = [...new Set(this.#numbers.slice(this.#from))].sort((a, b) => a - b);
    this.#from = 0;
    this.#isSorted = true;
  }
}

/** Nothing that waits. Thousands that wait for the same instant cost little more than one. */
export function createSoonest(): Soonest {
  const current = new Map<number, number>();
  // What no longer waits is left where it was, until it comes first or there is too much of it.
  let groups = new Map<number, Group>();
  let instants = new Heap();
  let held = 0;

  const add = (number: number, atMs: number): void => {
    let group = groups.get(atMs);
    if (group === undefined) {
      group = new Group(atMs);
      groups.set(atMs, group);
      instants.push(atMs);
    }
    group.add(number);
    held += 1;
  };

  const rebuild = (): void => {
    groups = new Map();
    instants = new Heap();
    held = 0;
    for (const [number, atMs] of current) add(number, atMs);
  };

  /** The first group in which any waits; the empty ones before it are dropped. */
  const firstGroup = (): Group | undefined => {
    for (let { first } = instants; first !== undefined; { first } = instants) {
      const group = groups.get(first);
      if (group?.isWaiting(current) === true) return group;
      instants.pop();
      groups.delete(first);
    }
    return undefined;
  };

  return {
    set: (number, atMs) => {
      if (atMs === null) current.delete(number);
      else if (current.get(number) !== atMs) {
        current.set(number, atMs);
        add(number, atMs);
        if (held > 2 * current.size + 64) rebuild();
      }
    },
    firstMs: () => firstGroup()?.atMs ?? Infinity,
    until: (nowMs, most = Infinity) => {
      const come: number[] = [];
      const seen: number[] = [];
      while (come.length < most) {
        const group = firstGroup();
        if (group === undefined || group.atMs > nowMs) break;
        group.collect(current, come, most);
        seen.push(group.atMs);
        instants.pop();
      }
      for (const atMs of seen) instants.push(atMs);
      return come;
    },
  };
}
