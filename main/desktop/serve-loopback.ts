import type { Clock } from '../clock.ts';
import { keepHostFile } from '../web/keep-host-file.ts';
import { serveWeb } from '../web/serve-web.ts';
import type { ServedApp } from './served-app.ts';

/**
 * Serves the app on the loopback as well: the command line finds this host there, and a browser its
 * window. Answers the app, whose `stop` ends the loopback first.
 */
export async function serveLoopback(
  app: ServedApp,
  clock: Clock,
  dataFolder: string,
  rendererFolder: string,
): Promise<ServedApp> {
  const { calls, changes, leader, log } = app;
  const server = await serveWeb({ calls, changes, clock, rendererFolder });
  const host = { ...leader, port: server.port, token: server.token };
  const forget = keepHostFile(dataFolder, host, changes, log);
  return {
    ...app,
    stop: async () => {
      forget();
      await server.stop();
      await app.stop();
    },
  };
}
