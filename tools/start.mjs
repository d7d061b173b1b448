/**
 * `npm start`: builds what is stale and starts Jackdaw: in Electron where its binary can be had and
 * there is a display, else as the headless host in this very process. Says in one line which, and
 * why. Options go to the host; `--headless` asks for the headless one.
 */
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { at, isRunning, rememberRunning, requireNode } from './lib/checkout.mjs';
import { endWithNpm } from './lib/end-with-npm.mjs';
import { provideElectron, runElectron, withoutDisplay } from './lib/electron.mjs';

const noProgressMs = Number(process.env['JACKDAW_DOWNLOAD_LIMIT_MS'] ?? 30_000);

/**
 * Becomes the headless host: in this process, so that SIGTERM to npm reaches it.
 *
 * @param {string} why
 * @param {readonly string[]} args
 */
async function startHeadless(why, args) {
  // One that runs already says so itself, with its link.
  if (!isRunning()) console.log(`Starting the headless host: ${why}.`);
  const entry = at('out', 'main', 'headless.js');
  process.argv = [process.execPath, entry, ...args];
  await import(pathToFileURL(entry).href);
}

/** @param {readonly string[]} args */
async function start(args) {
  const rest = args.filter((arg) => arg !== '--headless');
  const announce = () => {
    console.log('Building…');
  };
  // A host that runs still reads from its build: the second start only shows the first one's link.
  if (!isRunning()) {
    if (!(await ensureBuilt({ announce }))) {
      process.exitCode = 1;
      return;
    }
    rememberRunning();
  }
  if (rest.length < args.length) {
    await startHeadless('asked for by --headless', rest);
    return;
  }
  const noDisplay = withoutDisplay();
  if (noDisplay !== null) {
    await startHeadless(noDisplay, rest);
    return;
  }
  const electron = await provideElectron({ noProgressMs });
  if ('reason' in electron) {
    await startHeadless(electron.reason, rest);
    return;
  }
  console.log('Starting the desktop app: Electron and a display are here.');
  const ended = await runElectron(electron.binary, rest);
  if ('code' in ended) {
    process.exitCode = ended.code;
    return;
  }
  console.error(`Electron ended before it was ready: ${ended.failed}`);
  console.error(ended.remedy);
  await startHeadless('Electron could not start', rest);
}

requireNode();
endWithNpm();
await start(process.argv.slice(2));
