import type { WalHistory } from './wal-history.ts';
import { frameHeaderBytes, framesOf, walHeaderBytes } from './wal-file.ts';

/** What a power cut may leave of a WAL. */
export interface Cut {
  readonly name: string;
  /** The bytes that reached the disk as they were written; behind them is `left`. */
  readonly wholeBytes: number;
  readonly left: (history: WalHistory) => Buffer;
}

/** What may become of the frame the power went in, `at` in the WAL; `length` is its own with its page. */
type Way = (at: number, length: number, random: () => number) => Omit<Cut, 'name' | 'wholeBytes'>;

function cutAt(bytes: number): ReturnType<Way> {
  return { left: ({ wal }) => wal.subarray(0, bytes) };
}

/** The frame is there, and a part of it isn't what was written. */
function torn(at: number, from: number, to: number, put: (part: Buffer) => void): ReturnType<Way> {
  return {
    left: ({ wal }) => {
      const left = Buffer.from(wal.subarray(0, to));
      put(left.subarray(Math.max(at, from), to));
      return left;
    },
  };
}

/** Where the commit ends that a frame belongs to: the disk may write its frames in any order. */
function commitEnd(wal: Buffer, at: number, length: number): number {
  let end = at;
  while (wal.readUInt32BE(end + 4) === 0) end += length;
  return end + length;
}

/** What becomes of a frame. */
const ways: Readonly<Record<string, Way>> = {
  'cut before it': (at) => cutAt(at),
  'cut in its header': (at, _, random) => cutAt(at + 1 + Math.floor(random() * 22)),
  'cut in its page': (at, length, random) =>
    cutAt(at + frameHeaderBytes + Math.floor(random() * (length - frameHeaderBytes))),
  'short of its last byte': (at, length) => cutAt(at + length - 1),
  'random bytes in its page': (at, length, random) => {
    const from = at + frameHeaderBytes + Math.floor(random() * (length - frameHeaderBytes));
    return torn(at, from, at + length, (part) => {
      for (let index = 0; index < part.length; index += 1) part[index] = Math.floor(random() * 256);
      part[0] = (part[0] ?? 0) ^ 0xff;
    });
  },
  'a page of zeros': (at, length) =>
    torn(at, at + frameHeaderBytes, at + length, (part) => part.fill(0)),
  'lost, and the rest of its commit there': (at, length) => ({
    left: ({ wal }) => {
      const left = Buffer.from(wal.subarray(0, commitEnd(wal, at, length)));
      left.fill(0, at, at + length);
      return left;
    },
  }),
  'nothing but room': (at, length) => torn(at, at, at + length, (part) => part.fill(0)),
  'what stood there before': (at) => ({
    left: ({ wal, before }) => Buffer.concat([wal.subarray(0, at), before.subarray(at)]),
  }),
};

/** Every cut of a history's WAL: each way in each frame, and those within its own header. */
export function cutsOf(history: WalHistory, random: () => number): readonly Cut[] {
  const { starts, frameBytes } = framesOf(history.wal);
  const head = [0, 1, walHeaderBytes - 1].map((bytes) => ({
    ...cutAt(bytes),
    name: `header: ${String(bytes)} bytes`,
    wholeBytes: 0,
  }));
  const frames = starts.flatMap((at, frame) =>
    Object.entries(ways).map(([name, way]) => ({
      ...way(at, frameBytes, random),
      name: `frame ${String(frame + 1)} of ${String(starts.length)}: ${name}`,
      wholeBytes: at,
    })),
  );
  return [...head, ...frames];
}
