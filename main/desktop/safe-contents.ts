import { session, shell, type WebContents } from 'electron';
import { ownOrigin } from './sender.ts';
import { isWebAddress } from './web-address.ts';

/** Opens an address in the user's browser, if it is one of the web. */
export function openOutside(url: string): void {
  if (isWebAddress(url)) void shell.openExternal(url);
}

/** Jackdaw's page copies paths and rows; it needs nothing else of what a page can ask for. */
function isAllowed(permission: string, origin: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOwnAddress(origin);
}

function isOwnAddress(url: string): boolean {
  return url === ownOrigin || url.startsWith(`${ownOrigin}/`);
}

/** Denies every permission a page could ask for, but for Jackdaw's own page to fill the clipboard. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isAllowed(permission, details.requestingUrl));
  });
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) =>
    isAllowed(permission, origin),
  );
}

/** Keeps the contents on Jackdaw's own page: links go to the user's browser, new windows nowhere. */
export function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    if (isOwnAddress(event.url)) return;
    event.preventDefault();
    openOutside(event.url);
  });
}
