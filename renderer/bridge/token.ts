const storageKey = 'jackdaw-token';

/** The parts of a window the token passes through. */
export interface TokenWindow {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

/**
 * The host's token: out of the link's fragment (`#token=…`), which is then cleared from the address,
 * else as this tab has kept it over a reload; empty where there is none. It never goes into a cookie
 * or a query, so no other page and no log learns it.
 */
export function takeToken({ location, history, sessionStorage }: TokenWindow): string {
  const match = /^#token=([\w-]+)(?:&(.*))?$/.exec(location.hash);
  const token = match?.[1];
  if (token === undefined) return sessionStorage.getItem(storageKey) ?? '';
  sessionStorage.setItem(storageKey, token);
  const rest = match?.[2] ?? '';
  history.replaceState(
    null,
    '',
    `${location.pathname}${location.search}${rest === '' ? '' : `#${rest}`}`,
  );
  return token;
}
