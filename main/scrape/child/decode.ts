import type { Readable, Transform } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { PageFailure } from './failure.ts';

/** More layers of compression than any honest server uses. */
const layersMost = 3;

// Node 22 has no zstd before 22.15.
const knowsZstd = typeof createZstdDecompress === 'function';

/** What is asked for in Accept-Encoding. */
export const acceptedEncodings = `gzip, deflate, br${knowsZstd ? ', zstd' : ''}`;

function layersOf(contentEncoding: string): readonly string[] {
  return contentEncoding
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '' && one !== 'identity')
    .reverse();
}

/** Some servers send bare deflate data where zlib's was promised; the first byte tells. */
function inflateFor(first: Buffer): Transform {
  return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
}

function decoderFor(layer: string, first: Buffer): Transform {
  switch (layer) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      return inflateFor(first);
    case 'zstd':
      if (knowsZstd) return createZstdDecompress();
      break;
  }
  throw new PageFailure('encoding', `The page is packed as ${layer}, which Jackdaw can't unpack.`);
}

function damaged(error: unknown): PageFailure {
  const detail = error instanceof Error ? error.message : String(error);
  return new PageFailure(
    'encoding',
    `The page arrived damaged and can't be unpacked (${detail}).`,
    {
      retryable: true,
    },
  );
}

/** Passes pieces on until there are more bytes than allowed. */
async function* capped(pieces: AsyncIterable<Buffer>, mostBytes: number): AsyncIterable<Buffer> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > mostBytes)
      throw new PageFailure(
        'too-large',
        `The page is larger than ${String(Math.round(mostBytes / (1024 * 1024)))} MB; Jackdaw stopped reading it.`,
      );
    yield piece;
  }
}

/** Feeds the pieces to a decoder, no faster than it takes them. */
async function feed(
  decoder: Transform,
  first: IteratorResult<Buffer>,
  source: AsyncIterator<Buffer>,
): Promise<void> {
  for (let next = first; next.done !== true; next = await source.next()) {
    if (decoder.destroyed) return;
    if (!decoder.write(next.value))
      await new Promise<void>((resolve) => {
        decoder.once('drain', resolve);
        decoder.once('close', resolve);
      });
  }
  decoder.end();
}

/** Passes on what a decoder makes of the pieces. */
async function* unpacked(pieces: AsyncIterable<Buffer>, layer: string): AsyncIterable<Buffer> {
  const source = pieces[Symbol.asyncIterator]();
  const first = await source.next();
  if (first.done === true) return;
  const decoder = decoderFor(layer, first.value);
  // What the source fails with, rather than what the decoder makes of it.
  const faults: unknown[] = [];
  feed(decoder, first, source).catch((error: unknown) => {
    faults.push(error);
    decoder.destroy();
  });
  try {
    for await (const piece of decoder as AsyncIterable<Buffer>) yield piece;
  } catch (error) {
    const [fault] = faults;
    throw fault instanceof Error ? fault : damaged(error);
  } finally {
    // The feeder may still wait for the server; readBody ends its source.
    decoder.destroy();
  }
}

/**
 * Reads a body to its end, unpacking it layer by layer. More than `mostBytes`, packed or unpacked in
 * any layer, ends it as `too-large`, so that neither an endless body nor a bomb fills the memory;
 * an unknown, damaged or over-layered packing as `encoding`.
 */
export async function readBody(
  body: Readable,
  contentEncoding: string,
  mostBytes: number,
): Promise<Uint8Array> {
  const layers = layersOf(contentEncoding);
  if (layers.length > layersMost)
    throw new PageFailure('encoding', 'The page is packed more than three times over.');
  let pieces = capped(body as AsyncIterable<Buffer>, mostBytes);
  for (const layer of layers) pieces = capped(unpacked(pieces, layer), mostBytes);
  const all: Buffer[] = [];
  try {
    for await (const piece of pieces) all.push(piece);
  } finally {
    body.on('error', () => undefined);
    body.destroy();
  }
  return Buffer.concat(all);
}
