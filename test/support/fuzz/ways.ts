import type { Result } from '../../../contract/result.ts';
import { serveWeb } from '../../../main/web/serve-web.ts';
import type { Way } from './fuzz-calls.ts';

/** At the door itself, with what Electron's IPC could carry. */
export const doorWay: Way = {
  wire: 'clone',
  open: (jackdaw) =>
    Promise.resolve({
      ask: (name, input) => jackdaw.app.calls.invoke(name, input),
      close: () => Promise.resolve(),
    }),
};

/** Over the real loopback. */
export const webWay: Way = {
  wire: 'json',
  open: async ({ app, clock }) => {
    const { calls, changes } = app;
    const server = await serveWeb({ calls, changes, clock, rendererFolder: null });
    return {
      ask: async (name, input) => {
        const response = await fetch(`${server.url}api/${name}`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${server.token}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify(input),
        });
        if (response.status !== 200) throw new Error(`answered ${String(response.status)}`);
        return (await response.json()) as Result<unknown>;
      },
      close: () => server.stop(),
    };
  },
};
