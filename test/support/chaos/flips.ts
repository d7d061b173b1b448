import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { databasePath } from '../../../main/store/database.ts';
import { pageBytes, type DamageHistory } from './damage-histories.ts';
import { framesOf, walHeaderBytes } from './wal-file.ts';

/** Where bits of a data folder's files are flipped. */
export const places = [
  'anywhere',
  'the header',
  'page headers',
  'cells',
  'overflow pages',
  'free pages',
  'the WAL',
  'the WAL’s header',
  'frame headers',
] as const;

/** One of these places. */
export type Place = (typeof places)[number];

/** Whether the place is in the WAL, which only a killed host leaves. */
const isInWal = (place: Place): boolean => places.indexOf(place) >= places.indexOf('the WAL');

/** Whether a history has such a place. */
export function hasPlace({ name, pages }: DamageHistory, place: Place): boolean {
  if (isInWal(place)) return name === 'killed';
  return place === 'free pages' ? pages.free.length > 0 : true;
}

const mostFlips = 64;

/** Draws a number from 0 to below `end`. */
export type Below = (end: number) => number;

/** A place in the database's file: a byte of a page, which counts from 1. */
function inPage(pages: readonly number[], from: number, to: number, below: Below): number {
  const page = pages[below(pages.length)];
  if (page === undefined) throw new Error('The history has no such page.');
  return (page - 1) * pageBytes + from + below(to - from);
}

function inFrame(wal: Buffer, from: number, to: number, below: Below): number {
  const { starts } = framesOf(wal);
  return (starts[below(starts.length)] ?? 0) + from + below(to - from);
}

/** Draws a byte of the file. */
function byteAt(place: Place, file: Buffer, { pages }: DamageHistory, below: Below): number {
  switch (place) {
    case 'anywhere':
      return below(file.length);
    case 'the header':
      return below(100);
    case 'page headers':
      return inPage([...pages.leaf, ...pages.internal], 0, 12, below);
    case 'cells':
      return inPage([...pages.leaf, ...pages.internal], 8, pageBytes, below);
    case 'overflow pages':
      return inPage(pages.overflow, 0, below(2) === 0 ? 4 : pageBytes, below);
    case 'free pages':
      return inPage(pages.free, 0, 64, below);
    case 'the WAL':
      return below(framesOf(file).endsAt);
    case 'the WAL’s header':
      return below(walHeaderBytes);
    case 'frame headers':
      return inFrame(file, 0, 24, below);
  }
}

/** Flips up to 64 bits or bytes of a copy of a history at a place; one at least isn’t what it was. */
export function flip(folder: string, history: DamageHistory, place: Place, below: Below): void {
  const path = databasePath(folder) + (isInWal(place) ? '-wal' : '');
  if (!existsSync(path)) throw new Error(`There is no ${path} to flip bits in.`);
  const before = readFileSync(path);
  const file = Buffer.from(before);
  const count = below(2) === 0 ? 1 : 1 + below(mostFlips);
  const ofBits = below(2) === 0;
  do
    for (let flips = 0; flips < count; flips += 1) {
      const at = byteAt(place, file, history, below);
      file[at] = (file[at] ?? 0) ^ (ofBits ? 1 << below(8) : 1 + below(255));
    }
  while (file.equals(before));
  writeFileSync(path, file);
}
