/**
 * `npm run dev`: builds on every change and runs the app from it. A change of main or the preload
 * ends the host, waits until it is gone, and starts it anew, so that one scheduler is alive at any
 * time; a change of the renderer is there at the next reload of the window.
 */
import { spawn } from 'node:child_process';
import { resolveConfig } from 'electron-vite';
import { build } from 'vite';
import { at, requireNode } from './lib/checkout.mjs';
import { provideElectron, withoutDisplay } from './lib/electron.mjs';
import { endWithNpm } from './lib/end-with-npm.mjs';

const endLimitMs = 12_000;

/** Which program runs the app here, and why. */
async function chooseHost() {
  const noDisplay = withoutDisplay();
  const electron = noDisplay === null ? await provideElectron({ noProgressMs: 30_000 }) : null;
  if (electron !== null && 'binary' in electron) {
    return { command: electron.binary, entry: at(), why: 'the desktop app' };
  }
  const why = noDisplay ?? (electron !== null && 'reason' in electron ? electron.reason : '');
  return {
    command: process.execPath,
    entry: at('out', 'main', 'headless.js'),
    why: `the headless host: ${why}`,
  };
}

requireNode();
endWithNpm();
const host = await chooseHost();
const args = process.argv.slice(2);

/** @type {import('node:child_process').ChildProcess | null} */
let child = null;
/** @type {Promise<void>} */
let turn = Promise.resolve();

/** Ends the host and waits until it is gone. */
async function endHost() {
  const ending = child;
  child = null;
  if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
  const gone = new Promise((resolve) => ending.once('exit', resolve));
  ending.kill('SIGTERM');
  const limit = setTimeout(() => ending.kill('SIGKILL'), endLimitMs);
  await gone;
  clearTimeout(limit);
}

/** Starts the host anew; one restart at a time, in order. */
function restart() {
  turn = turn.then(async () => {
    await endHost();
    child = spawn(host.command, [host.entry, ...args], { stdio: 'inherit' });
  });
}

/**
 * Builds one part on every change.
 *
 * @param {import('vite').InlineConfig | undefined} config
 * @param {() => void} onBuilt
 * @returns {Promise<() => Promise<void>>} ends the watching; answered after the first build
 */
async function watch(config, onBuilt) {
  const output = await build({
    ...config,
    configFile: false,
    logLevel: 'warn',
    build: { ...config?.build, watch: {} },
  });
  if (!('on' in output)) throw new TypeError('vite did not watch');
  await new Promise((resolve) => {
    output.on('event', (event) => {
      if (event.code === 'ERROR') console.error(event.error.message);
      if (event.code !== 'END') return;
      resolve(undefined);
      onBuilt();
    });
  });
  return () => output.close();
}

console.log(`Building and watching for ${host.why}.`);
const { config } = await resolveConfig({ logLevel: 'warn' }, 'build', 'development');
let built = false;
const restartOnceBuilt = () => {
  if (built) restart();
};
const watchers = [
  await watch(config?.renderer, () => {
    if (built) console.log('The window is built anew; reload it.');
  }),
  await watch(config?.preload, restartOnceBuilt),
  await watch(config?.main, restartOnceBuilt),
];
built = true;
restart();

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => {
    void turn
      .then(endHost)
      .then(() => Promise.all(watchers.map((close) => close())))
      .then(() => process.exit(0));
  });
}
