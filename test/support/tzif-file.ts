/** A compiled zone as a test wants it (TZif, RFC 8536). */
export interface TzifParts {
  /** Left out: 2. 1 writes the first block only. */
  readonly version?: 1 | 2 | 3;
  /** The changes in order: the instant (ISO) and the offset from it on, in seconds. */
  readonly changes: readonly (readonly [at: string, offset: number])[];
  /** The offset before the first change. */
  readonly first: number;
  /** The rule for all later time. */
  readonly footer?: string;
  readonly leapSeconds?: number;
}

function block({ changes, first, leapSeconds = 0 }: TzifParts, version: number, timeBytes: 4 | 8) {
  const offsets = [first, ...changes.map(([, offset]) => offset)];
  const header = Buffer.alloc(44);
  header.write('TZif', 'latin1');
  header.write(version === 1 ? '\0' : String(version), 4, 'latin1');
  [0, 0, leapSeconds, changes.length, offsets.length, 4].forEach((count, index) =>
    header.writeUInt32BE(count, 20 + index * 4),
  );
  const times = Buffer.alloc(changes.length * timeBytes);
  changes.forEach(([at], index) => {
    const second = Date.parse(at) / 1_000;
    if (timeBytes === 8) times.writeBigInt64BE(BigInt(second), index * 8);
    else times.writeInt32BE(second, index * 4);
  });
  const kinds = Buffer.from(changes.map((_, index) => index + 1));
  const types = Buffer.alloc(offsets.length * 6);
  offsets.forEach((offset, index) => types.writeInt32BE(offset, index * 6));
  const leaps = Buffer.alloc(leapSeconds * (timeBytes + 4));
  return Buffer.concat([header, times, kinds, types, Buffer.from('LMT\0', 'latin1'), leaps]);
}

/** Writes a compiled zone; the first block of a newer one is empty of changes, as `zic -b slim` leaves it. */
export function tzifFile(parts: TzifParts): Buffer {
  const { version = 2, footer = '' } = parts;
  if (version === 1) return block(parts, 1, 4);
  return Buffer.concat([
    block({ changes: [], first: 0 }, version, 4),
    block(parts, version, 8),
    Buffer.from(`\n${footer}\n`, 'latin1'),
  ]);
}
