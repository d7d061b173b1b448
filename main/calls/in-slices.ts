import type { Clock } from '../clock.ts';

/** How long one slice may take: nothing that is due waits longer for it. */
const sliceMs = 8;

/**
 * Makes something of each of many items, a little at a time: what is due goes on in between. Each result
 * is as of its own making, so that what is sent with an older revision is caught up with by the events.
 */
export async function inSlices<Item, Made>(
  clock: Pick<Clock, 'monotonic' | 'after'>,
  items: readonly Item[],
  make: (item: Item) => Made,
): Promise<Made[]> {
  const made: Made[] = [];
  let untilMs = clock.monotonic() + sliceMs;
  for (const item of items) {
    if (clock.monotonic() >= untilMs) {
      await new Promise<void>((resolve) => {
        clock.after(0, resolve);
      });
      untilMs = clock.monotonic() + sliceMs;
    }
    made.push(make(item));
  }
  return made;
}
