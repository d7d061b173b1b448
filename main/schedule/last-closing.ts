import { closedSince } from './active-hours.ts';
import { secondOf } from './bounds.ts';
import type { ActiveHours } from './types.ts';
import { openDays } from './week-windows.ts';

/** When the hours closed that are closed at an instant (epoch ms); null where they never were open before. */
export function lastClosing(hours: ActiveHours | null, zone: string, atMs: number): number | null {
  const since = closedSince(openDays(hours), zone, secondOf(atMs));
  return since === null ? null : since * 1_000;
}
