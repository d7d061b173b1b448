import { reading } from '../store/statement.ts';
import type { Context } from './context.ts';

/** How long one slice may take: nothing that is due waits longer for it. */
const sliceMs = 8;

/** What slices are made with. */
export interface SliceParts extends Pick<Context, 'db'> {
  readonly clock: Pick<Context['clock'], 'monotonic' | 'after'>;
}

/**
 * Makes something of each of many items out of what is stored, a little at a time: what is due goes on in
 * between. Each result is as of its own making, so that what is sent with an older revision is caught up
 * with by the events.
 */
export async function inSlices<Item, Made>(
  { db, clock }: SliceParts,
  items: readonly Item[],
  make: (item: Item) => Made,
): Promise<Made[]> {
  const made: Made[] = [];
  const makeSome = (): void => {
    const untilMs = clock.monotonic() + sliceMs;
    for (const item of items.slice(made.length)) {
      made.push(make(item));
      if (clock.monotonic() >= untilMs) return;
    }
  };
  while (made.length < items.length) {
    if (made.length > 0)
      await new Promise<void>((resolve) => {
        clock.after(0, resolve);
      });
    reading(db, makeSome);
  }
  return made;
}
