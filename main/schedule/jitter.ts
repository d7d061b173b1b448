import type { Jitter } from './types.ts';

/**
 * A number from 0 up to 2^32 that depends on a text and on nothing else: FNV-1a, its bits then mixed
 * as in MurmurHash3, so that neighbouring instants land far apart.
 */
export function drawn(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * By how many whole seconds the start of a slot's run is put off: always the same for the same
 * schedule and slot, less than the jitter and less than `room`, the seconds until the next slot or the
 * close (design.md section 2, rule 12).
 */
export function jitterOf(jitter: Jitter, at: number, room: number): number {
  const below = Math.min(jitter.seconds, room);
  return below <= 1 ? 0 : drawn(`${jitter.seed} ${String(at)}`) % below;
}
