import { offsetByRule, readPosixRule, type PosixRule } from './posix-rule.ts';

/** The offset at an instant (epoch seconds), in seconds east of UTC. */
export type OffsetAt = (second: number) => number;

const headerBytes = 44;
const typeBytes = 6;
/** More than any zone of the database has, and little enough to read at once. */
const mostItems = 100_000;

interface Header {
  readonly version: number;
  readonly utIndicators: number;
  readonly standardIndicators: number;
  readonly leaps: number;
  readonly times: number;
  readonly types: number;
  readonly characters: number;
}

function headerAt(view: DataView, at: number): Header | null {
  const magic = 0x545a6966;
  if (view.getUint32(at) !== magic) return null;
  const count = (index: number): number => view.getUint32(at + 20 + index * 4);
  const header = {
    version: view.getUint8(at + 4),
    utIndicators: count(0),
    standardIndicators: count(1),
    leaps: count(2),
    times: count(3),
    types: count(4),
    characters: count(5),
  };
  const isSane = Object.values(header).every((value) => value <= mostItems) && header.types > 0;
  return isSane ? header : null;
}

function blockBytes(header: Header, timeBytes: number): number {
  return (
    header.times * (timeBytes + 1) +
    header.types * typeBytes +
    header.characters +
    header.leaps * (timeBytes + 4) +
    header.standardIndicators +
    header.utIndicators
  );
}

interface Block {
  /** The instants of the changes, ascending. */
  readonly times: readonly number[];
  /** The offset from each of them on. */
  readonly offsets: readonly number[];
  /** The offset before the first. */
  readonly first: number;
}

/** The changes of one data block; null where a leap second is counted, or a change leads to no type. */
function readBlock(view: DataView, at: number, header: Header, timeBytes: 4 | 8): Block | null {
  if (header.leaps > 0) return null;
  const typesAt = at + header.times * (timeBytes + 1);
  const types = Array.from({ length: header.types }, (_, type) =>
    view.getInt32(typesAt + type * typeBytes),
  );
  const times = Array.from({ length: header.times }, (_, index) =>
    timeBytes === 8
      ? Number(view.getBigInt64(at + index * 8))
      : view.getInt32(at + index * timeBytes),
  );
  const offsets = times.flatMap(
    (_, index) => types[view.getUint8(at + header.times * timeBytes + index)] ?? [],
  );
  const isAscending = times.every((time, index) => time > (times[index - 1] ?? -Infinity));
  if (!isAscending || offsets.length !== times.length) return null;
  return { times, offsets, first: types[0] ?? 0 };
}

/** How many of the ascending instants are not after this one. */
function countUntil(times: readonly number[], second: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((times[middle] ?? Infinity) <= second) low = middle + 1;
    else high = middle;
  }
  return low;
}

function offsetsOf({ times, offsets, first }: Block, rule: PosixRule | null): OffsetAt {
  return (second) => {
    const count = countUntil(times, second);
    if (count === times.length && rule !== null) return offsetByRule(rule, second);
    return offsets[count - 1] ?? first;
  };
}

/** The line after the last block: the rule for all time after its last change, or empty. Null where it is cut off. */
function footerAt(bytes: Uint8Array, at: number): string | null {
  const text = new TextDecoder('latin1').decode(bytes.subarray(at));
  return /^\n([^\n]*)\n/.exec(text)?.[1] ?? null;
}

function read(bytes: Uint8Array): OffsetAt | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const old = headerAt(view, 0);
  if (old === null) return null;
  if (old.version === 0) {
    const block = readBlock(view, headerBytes, old, 4);
    return block === null ? null : offsetsOf(block, null);
  }
  const secondAt = headerBytes + blockBytes(old, 4);
  const header = headerAt(view, secondAt);
  if (header === null) return null;
  const block = readBlock(view, secondAt + headerBytes, header, 8);
  const footer = footerAt(bytes, secondAt + headerBytes + blockBytes(header, 8));
  if (block === null || footer === null) return null;
  if (footer === '') return offsetsOf(block, null);
  const rule = readPosixRule(footer);
  return rule === null ? null : offsetsOf(block, rule);
}

/**
 * Reads a compiled zone of the operating system (TZif, RFC 8536): its second block where it has one,
 * and the rule after it for all time after the last change. Null where it can't be read, or counts leap
 * seconds, which no clock here does.
 */
export function readTzif(bytes: Uint8Array): OffsetAt | null {
  try {
    return read(bytes);
  } catch (error) {
    // It ends too early.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
