import type { TryOut } from '../../contract/calls.ts';
import type { Broker } from './broker.ts';
import type { CarriedPage, ChildMessage, ChildTask } from './messages.ts';
import type { PageCache } from './page-cache.ts';
import { readDraft, type Draft } from './read-draft.ts';
import type { Session, SessionCause } from './session.ts';

type TryTask = Extract<ChildTask, { readonly kind: 'try' }>;
type Tried = Extract<ChildMessage, { readonly type: 'tried' }>;

/** How long a try-out may take, fetching included. */
export const tryTimeoutMs = 20_000;

/** How many try-outs go on at once; more wait. */
const atOnce = 2;

/** What came of a try-out in a child: null where the child told nothing, and how it ended. */
export interface TriedInChild {
  readonly tried: Tried | null;
  readonly cause: SessionCause;
}

/** Listens to the child of a try-out. */
export interface TryListener {
  /** True where the child has told its last. */
  readonly hear: (
    message: ChildMessage,
    opened: { readonly broker: Broker; readonly session: Session },
  ) => boolean;
  readonly tried: () => Tried | null;
}

/** A listener that answers the child's questions and keeps what it tells. */
export function listenToTry(): TryListener {
  let tried: Tried | null = null;
  return {
    hear: (message, { broker, session }) => {
      switch (message.type) {
        case 'leave':
        case 'robots':
        case 'robots-read':
        case 'kept-page':
          broker.answer(message);
          return false;
        case 'tried':
          tried = message;
          return true;
        case 'page':
        case 'end':
          session.distrust();
          return false;
        case 'log':
        case 'ready':
          return false;
      }
    },
    tried: () => tried,
  };
}

function emptyTryOut(draft: Draft, message: string | null): TryOut {
  return {
    faults: [...draft.faults],
    url: null,
    title: null,
    columns: [],
    rows: [],
    total: 0,
    next: null,
    message,
  };
}

/** The sentence for a try-out that a child didn't finish. */
function unfinished(cause: SessionCause, page: CarriedPage | null): string {
  switch (cause) {
    case 'deadline':
      return page === null
        ? "The page couldn't be read within 20 seconds. Try again later."
        : 'Reading the page took longer than 20 seconds; one of the patterns may be too greedy.';
    case 'stopped':
    case 'cancelled':
      return 'Jackdaw is ending.';
    case 'memory':
      return 'Reading the page took more memory than it may; it may be too large.';
    case 'reported':
    case 'crash':
    case 'distrusted':
      return 'The process that read the page ended by itself. Try again.';
  }
}

/** Tries drafts out, at most two at once and one an address. */
export function createTryPages(
  cache: PageCache,
  inChild: (task: TryTask) => Promise<TriedInChild>,
): (scrape: unknown, options: { readonly refresh: boolean }) => Promise<TryOut> {
  const fetching = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let going = 0;

  const enter = async (): Promise<void> => {
    if (going >= atOnce)
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    going += 1;
  };
  const leave = (): void => {
    going -= 1;
    waiting.shift()?.();
  };

  const tryOnce = async (draft: Draft, url: string, refresh: boolean): Promise<TryOut> => {
    await enter();
    try {
      const page = refresh ? null : cache.get(url);
      const { rules, itemsBroken } = draft;
      const { tried, cause } = await inChild({ kind: 'try', url, rules, itemsBroken, page });
      if (tried === null) return emptyTryOut(draft, unfinished(cause, page));
      if (tried.page !== null && page === null) cache.put(url, tried.page);
      return { ...tried.tryOut, faults: [...draft.faults, ...tried.tryOut.faults] };
    } finally {
      leave();
    }
  };

  return async (scrape, { refresh }) => {
    const draft = readDraft(scrape);
    const { url } = draft;
    if (url === null) return emptyTryOut(draft, null);
    // Whoever asks for the same address at the same time takes the page the first one fetches.
    while (!refresh && fetching.has(url)) await fetching.get(url);
    const trying = tryOnce(draft, url, refresh);
    const settled = trying.then(
      () => undefined,
      () => undefined,
    );
    fetching.set(url, settled);
    try {
      return await trying;
    } finally {
      if (fetching.get(url) === settled) fetching.delete(url);
    }
  };
}
