import { useEffect } from 'react';
import { go } from './route.ts';

/** The event a view with a search field hears when Ctrl/Cmd+F is pressed. */
export const searchRequested = 'jackdaw:search';

const isApple = typeof navigator !== 'undefined' && /Mac|iP/.test(navigator.platform);

/** A shortcut as it is written on this system: `⌘N` or `Ctrl+N`. */
export function shortcutText(key: string): string {
  return isApple ? `⌘${key}` : `Ctrl+${key}`;
}

/**
 * The keys of the whole window: Ctrl/Cmd+N new schedule, +F search, +comma settings, +1…5 screens. A
 * browser keeps some of these for itself; each has a visible way too.
 */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!(isApple ? event.metaKey : event.ctrlKey) || event.altKey || event.shiftKey) return;
      const act = actions[event.key.toLowerCase()];
      if (act === undefined || act() === false) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Answers false where no view took the search, so that the browser's own may open. */
function search(): boolean {
  return !window.dispatchEvent(new Event(searchRequested, { cancelable: true }));
}

const actions: Readonly<Record<string, () => unknown>> = {
  n: () => go({ view: 'editor', schedule: null }),
  f: search,
  ',': () => go({ view: 'settings' }),
  '1': () => go({ view: 'schedules' }),
  '2': () => go({ view: 'runs' }),
  '3': () => go({ view: 'results' }),
  '4': () => go({ view: 'hours' }),
  '5': () => go({ view: 'status' }),
};
