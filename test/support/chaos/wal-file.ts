/** The bytes of a WAL's header and of each frame's, and of a frame with its page (SQLite's file format, 4.1). */
export const walHeaderBytes = 32;
export const frameHeaderBytes = 24;

/** Where the frames of a WAL begin that were written since it began anew, and where the last one ends. */
export interface WalFrames {
  readonly frameBytes: number;
  readonly starts: readonly number[];
  readonly endsAt: number;
}

/** The frames of a WAL: those behind its salt's last are of an earlier round, and not among them. */
export function framesOf(wal: Buffer): WalFrames {
  if (wal.length < walHeaderBytes) return { frameBytes: 0, starts: [], endsAt: 0 };
  const frameBytes = frameHeaderBytes + wal.readUInt32BE(8);
  const salt = wal.subarray(16, 24);
  const starts: number[] = [];
  let at = walHeaderBytes;
  for (; at + frameBytes <= wal.length; at += frameBytes) {
    if (!wal.subarray(at + 8, at + 16).equals(salt)) break;
    starts.push(at);
  }
  return { frameBytes, starts, endsAt: at };
}
