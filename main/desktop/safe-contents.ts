import { session, shell, type WebContents } from 'electron';
import { ownOrigin } from './sender.ts';
import { isWebAddress } from './web-address.ts';

/** Opens an address in the user's browser, if it is one of the web. */
export function openOutside(url: string): void {
  if (isWebAddress(url)) void shell.openExternal(url);
}

/** Denies every permission a page could ask for: Jackdaw's needs none. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
}

/** Keeps the contents on Jackdaw's own page: links go to the user's browser, new windows nowhere. */
export function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    if (event.url === ownOrigin || event.url.startsWith(`${ownOrigin}/`)) return;
    event.preventDefault();
    openOutside(event.url);
  });
}
