import fc from 'fast-check';

type Group = Record<string, unknown>;

/** A value with every kind of trap in its keys: those of JavaScript's own objects among them. */
const trapKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'then', ''];

/** An object with a trap for a key of its own, as `JSON.parse` makes them. */
const trapped: fc.Arbitrary<unknown> = fc
  .tuple(fc.constantFrom(...trapKeys), fc.anything({ maxDepth: 1 }))
  .map(([key, value]) =>
    Object.defineProperty({}, key, { value, enumerable: true, configurable: true, writable: true }),
  );

function nested(depth: number, isList: boolean): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = isList ? [value] : { a: value };
  return value;
}

/** What hardly any field expects: numbers at their ends, long texts, deep nests, traps. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, '', ' ', 0, -0, -1, 1.5, 2 ** 53, 1e308, NaN),
  fc.constantFrom<unknown>(Infinity, -Infinity, '__proto__', 'constructor', [], {}, [[]], '\u0000'),
  fc.constantFrom<unknown>('\ud800', '\u202e', 'ſ', '🐦', '../../etc/passwd', "'; DROP TABLE runs"),
  fc.constantFrom(1_000, 100_000).map((length) => 'x'.repeat(length)),
  fc.constantFrom(1_000, 20_000).map((length) => Array.from({ length }, () => 0)),
  fc
    .tuple(fc.constantFrom(10, 100, 1_000), fc.boolean())
    .map(([depth, list]) => nested(depth, list)),
  trapped,
  fc.anything({ maxDepth: 2 }),
);

/** What Electron's IPC can carry and JSON can't: cycles, maps, dates, big numbers, bytes. */
export const clonedValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({
    ...{ withBigInt: true, withDate: true, withMap: true, withSet: true },
    ...{ withTypedArray: true, withSparseArray: true, maxDepth: 2 },
  }),
  fc.constantFrom('self', 'id', 'schedule', 'text').map((key) => {
    const value: Group = { id: 'posts' };
    value[key] = value;
    return value;
  }),
  fc.constant(null).map(() => {
    const value: unknown[] = [];
    value.push(value, { value });
    return value;
  }),
);

/** A place in a document: the group or list that holds it, and its key there. */
interface Place {
  readonly holder: Group | unknown[];
  readonly key: string | number;
}

/** The places of a document, down to a depth that none has by itself. */
function placesIn(value: unknown, found: Place[] = [], depth = 0): readonly Place[] {
  if (typeof value !== 'object' || value === null || depth === 12) return found;
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  for (const key of keys) {
    found.push({ holder: value as Group, key });
    placesIn((value as Group)[key], found, depth + 1);
  }
  return found;
}

function put({ holder, key }: Place, value: unknown): void {
  Object.defineProperty(holder, key, {
    ...{ value, enumerable: true, configurable: true, writable: true },
  });
}

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
}

/** What may be done to a document at a place; `other` is another place in it, `odd` an odd value. */
const changes = ['replace', 'drop', 'double', 'swap', 'rename', 'add', 'wrap', 'long'] as const;
type Change = (typeof changes)[number];

function damage(change: Change, at: Place, other: Place, odd: unknown): void {
  const value = (at.holder as Group)[at.key];
  switch (change) {
    case 'replace':
      put(at, odd);
      return;
    case 'drop':
      remove(at);
      return;
    case 'double':
      if (Array.isArray(at.holder)) at.holder.push(value);
      else put({ holder: at.holder, key: `${String(at.key)}2` }, value);
      return;
    case 'swap': {
      const taken = (other.holder as Group)[other.key];
      // Not into itself: most transports carry no cycles, and `clonedValue` has its own.
      const isAround =
        taken === at.holder || placesIn(taken).some(({ holder }) => holder === at.holder);
      put(at, isAround ? odd : taken);
      return;
    }
    case 'rename':
      remove(at);
      if (!Array.isArray(at.holder))
        put({ holder: at.holder, key: typeof odd === 'string' ? odd : 'renamed' }, value);
      return;
    case 'add':
      put({ holder: at.holder, key: Array.isArray(at.holder) ? 0 : '__proto__' }, odd);
      return;
    case 'wrap':
      put(at, [value]);
      return;
    case 'long':
      put(
        at,
        Array.from({ length: 40 }, () => value),
      );
  }
}

/** How a document is damaged: at which of its places, and how. */
const wounds = fc.array(fc.tuple(fc.constantFrom(...changes), fc.nat(), fc.nat(), oddValue), {
  minLength: 1,
  maxLength: 3,
});

/** Documents that were right, and have a hole or a few. */
export function withHoles(documents: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(documents, wounds).map(([document, given]) => {
    const root = { document: structuredClone(document) };
    for (const [change, first, second, odd] of given) {
      const places = placesIn(root.document);
      const at = places[first % places.length];
      const other = places[second % places.length];
      if (at === undefined || other === undefined) root.document = odd;
      else damage(change, at, other, odd);
    }
    return root.document;
  });
}
