import type { Client } from '../../contract/client.ts';
import type { Bridge } from './connection.ts';
import { createHttpClient } from './http-client.ts';
import { takeToken } from './token.ts';

declare global {
  interface Window {
    /** The preload's client; there only in the desktop app. */
    readonly jackdaw?: Client;
  }
}

/** The preload's client in the desktop app, else HTTP and a WebSocket to the host that served the page. */
export function openBridge(): Bridge {
  if (window.jackdaw !== undefined)
    return {
      client: window.jackdaw,
      watch: (listener) => {
        listener('connected');
        return () => undefined;
      },
    };
  // Another link pasted into this tab changes the fragment only: begin anew with its token.
  window.addEventListener('hashchange', () => {
    if (window.location.hash.startsWith('#token=')) window.location.reload();
  });
  return createHttpClient({ origin: window.location.origin, token: takeToken(window) });
}
