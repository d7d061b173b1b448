import { closeSync, openSync, readSync, statSync } from 'node:fs';

const headerBytes = 32;
const frameHeaderBytes = 24;
/** The two magic numbers of a WAL; the last bit says whether its checksums are big-endian. */
const magic = 0x377f0682;

type Sum = readonly [first: number, second: number];

/** SQLite's running checksum over whole 8-byte pairs (its file format, section 4.2). */
function checksum(bytes: DataView, bigEndian: boolean, from: Sum): Sum {
  let [first, second] = from;
  for (let at = 0; at < bytes.byteLength; at += 8) {
    first = (first + bytes.getUint32(at, !bigEndian) + second) >>> 0;
    second = (second + bytes.getUint32(at + 4, !bigEndian) + first) >>> 0;
  }
  return [first, second];
}

function sumAt(bytes: DataView, at: number): Sum {
  return [bytes.getUint32(at), bytes.getUint32(at + 4)];
}

const equal = (a: Sum, b: Sum): boolean => a[0] === b[0] && a[1] === b[1];

/** The part of a view that is its own view. */
function slice(bytes: DataView, from: number, to: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + from, to - from);
}

function readExactly(file: number, at: number, length: number): DataView | null {
  const bytes = new Uint8Array(length);
  const read = readSync(file, bytes, 0, length, at);
  return read === length ? new DataView(bytes.buffer) : null;
}

interface Header {
  readonly bigEndian: boolean;
  readonly pageBytes: number;
  readonly salt: Sum;
  readonly sum: Sum;
}

/** The header of a WAL, or null where it is none. */
function headerOf(bytes: DataView): Header | null {
  const bigEndian = (bytes.getUint32(0) & 1) === 1;
  if ((bytes.getUint32(0) & ~1) >>> 0 !== magic) return null;
  const sum = checksum(slice(bytes, 0, 24), bigEndian, [0, 0]);
  if (!equal(sum, sumAt(bytes, 24))) return null;
  return { bigEndian, pageBytes: bytes.getUint32(8), salt: sumAt(bytes, 16), sum };
}

/** How many commits of this WAL's own lie behind the first frame that isn't what was written. */
function commitsBehindFault(file: number, { bigEndian, pageBytes, salt, sum }: Header): number {
  const frameBytes = frameHeaderBytes + pageBytes;
  let [running, broken, commits] = [sum, false, 0];
  for (let at = headerBytes; ; at += frameBytes) {
    const frame = readExactly(file, at, frameBytes);
    if (frame === null) return commits;
    const told = sumAt(frame, 16);
    const own = equal(sumAt(frame, 8), salt);
    // What a WAL held before it began anew has other salts: nothing of its own lies behind that.
    const start = checksum(slice(frame, 0, 8), bigEndian, running);
    const whole = equal(
      checksum(slice(frame, frameHeaderBytes, frameBytes), bigEndian, start),
      told,
    );
    broken ||= !own || !whole;
    if (broken && own && frame.getUint32(4) !== 0) commits += 1;
    running = told;
  }
}

/**
 * What is wrong with a WAL, in words that end "… its write-ahead log", or null. SQLite itself takes a
 * damaged one for an empty or a shorter one without a word, and what was committed there is lost.
 *
 * The last transaction may be torn: a power cut does that before its commit was acknowledged. With
 * `synchronous=FULL` none begins before the one before it is on the disk, so a fault with two commits
 * behind it is damage.
 */
export function walFault(path: string): string | null {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes < headerBytes) return null;
  const file = openSync(path, 'r');
  try {
    const start = readExactly(file, 0, headerBytes);
    if (start === null) return null;
    const header = headerOf(start);
    if (header !== null)
      return commitsBehindFault(file, header) > 1 ? 'commits are damaged in' : null;
    // Room that a power cut left unwritten.
    return isZero(start) ? null : 'there is something else in place of';
  } finally {
    closeSync(file);
  }
}

function isZero(bytes: DataView): boolean {
  for (let at = 0; at < bytes.byteLength; at += 1) if (bytes.getUint8(at) !== 0) return false;
  return true;
}
