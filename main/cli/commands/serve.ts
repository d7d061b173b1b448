import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../../app.ts';
import type { Timer } from '../../clock.ts';
import type { HostFile } from '../../web/host-file.ts';
import { keepHostFile } from '../../web/keep-host-file.ts';
import type { WebServer } from '../../web/serve-web.ts';
import { UsageError, type Command, type Invocation } from '../command.ts';
import { hostOr } from '../door.ts';

/** The time a host has to end; after it the process is ended, whatever still goes on. */
const lastMomentMs = 9_000;

/** The link of a host on this computer. */
function linkOf({ port, token }: Pick<HostFile, 'port' | 'token'>): string {
  return `http://127.0.0.1:${String(port)}/#token=${token}`;
}

function portOption(number: number | undefined): number {
  if (number !== undefined && (number < 1 || number > 65_535))
    throw new UsageError('--port is a number from 1 to 65535');
  return number ?? 0;
}

/**
 * Opens the window in the browser by way of a file that only the user may read: other users of this
 * computer see the arguments of its programs, and the token must not stand there.
 */
function openBrowser({ dataFolder, parts }: Invocation, link: string): () => void {
  const path = join(dataFolder, `.open-${randomBytes(6).toString('hex')}.html`);
  const page = `<!doctype html><meta http-equiv="refresh" content="0;url=${link}"><a href="${link}">Jackdaw</a>\n`;
  const forget = (): void => {
    rmSync(path, { force: true });
  };
  try {
    writeFileSync(path, page, { mode: 0o600, flag: 'wx' });
  } catch {
    // A full or read-only disk: the link has been printed.
    return forget;
  }
  parts.showPage(path);
  return forget;
}

async function serveUntilAsked(invocation: Invocation, app: App, web: WebServer): Promise<void> {
  const { io, dataFolder } = invocation;
  const host: HostFile = { ...app.leader, port: web.port, token: web.token };
  const asked = Promise.withResolvers<undefined>();
  const ignore = io.onInterrupt(() => {
    asked.resolve(undefined);
  });
  const retract = keepHostFile(dataFolder, host, app.changes, app.log);
  let forget = (): void => undefined;
  try {
    app.start();
    await io.out(`Jackdaw runs. Its window: ${linkOf(host)}\n`);
    if (!invocation.flag('no-browser')) forget = openBrowser(invocation, linkOf(host));
    await asked.promise;
  } finally {
    ignore();
    forget();
    retract();
  }
}

/** Serves until asked to end, then takes everything apart in the order it was built. */
async function lead(invocation: Invocation, app: App, port: number): Promise<void> {
  const { io, parts } = invocation;
  let limit: Timer | null = null;
  try {
    const { serveWeb } = await import('../../web/serve-web.ts');
    const { calls, changes } = app;
    const { clock, rendererFolder } = parts;
    const web = await serveWeb({ calls, changes, clock, rendererFolder, port });
    try {
      await serveUntilAsked(invocation, app, web);
    } finally {
      limit = clock.after(lastMomentMs, () => {
        io.err(
          'Jackdaw took too long to end and was stopped; runs going on count as interrupted.\n',
        );
        io.exit(1);
      });
      await web.stop();
    }
  } finally {
    await app.stop();
    limit?.cancel();
  }
}

/** `serve`: the headless host: the scheduler, its calls and its window on the loopback. */
export const serve: Command = {
  name: 'serve',
  options: { port: { type: 'string' }, 'no-browser': { type: 'boolean' } },
  summary: 'run the scheduler without a display, with its window in the browser',
  help: [
    '--port N       the port of its link; left out: any free one',
    '--no-browser   do not open the window',
    'Ends on Ctrl-C and SIGTERM. Where a host runs already, prints its link and ends.',
  ],
  run: async (invocation) => {
    const { io, parts, dataFolder } = invocation;
    const port = portOption(invocation.number('port'));
    const found = await hostOr(dataFolder, parts.clock, () =>
      parts.compose('headless', dataFolder),
    );
    if ('host' in found) {
      const { host } = found;
      await io.out(
        `Jackdaw runs already (${host.host} host, process ${String(host.pid)}). Its window: ${linkOf(host)}\n`,
      );
      return 0;
    }
    await lead(invocation, found.composed, port);
    return 0;
  },
};
