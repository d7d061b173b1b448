import type { Clock } from '../clock.ts';
import { removeHostFile, writeHostFile } from '../web/host-file.ts';
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
  const { calls, changes, leader } = app;
  const server = await serveWeb({ calls, changes, clock, rendererFolder });
  const host = { ...leader, port: server.port, token: server.token };
  writeHostFile(dataFolder, host);
  return {
    ...app,
    stop: async () => {
      removeHostFile(dataFolder, host);
      await server.stop();
      await app.stop();
    },
  };
}
