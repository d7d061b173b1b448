import type { Clock, Timer } from '../clock.ts';
import { hasBusOwner } from './session-bus.ts';

const watcherName = 'org.kde.StatusNotifierWatcher';
const retryMs = 15_000;

/** Whether the desktop has a place for tray icons. */
export interface TrayPlace {
  /** What was found so far. Once true it stays true. */
  isThere(): boolean;
  /** Ends the search. */
  readonly stop: () => void;
}

/**
 * Looks for the desktop's tray. Windows and macOS have one. On Linux it is there once somebody owns
 * `org.kde.StatusNotifierWatcher`; GNOME without its extension never does, and at login a panel may
 * come later than Jackdaw, so the search goes on. `onFound` rings once, at once or later.
 */
export async function findTrayPlace(
  clock: Clock,
  environment: Readonly<Record<string, string | undefined>>,
  onFound: () => void,
): Promise<TrayPlace> {
  let found = false;
  let isStopped = false;
  let timer: Timer | null = null;
  const look = async (): Promise<void> => {
    found = process.platform !== 'linux' || (await hasBusOwner(watcherName, clock, environment));
    if (isStopped) return;
    if (found) onFound();
    else timer = clock.after(retryMs, () => void look());
  };
  await look();
  return {
    isThere: () => found,
    stop: () => {
      isStopped = true;
      timer?.cancel();
    },
  };
}
