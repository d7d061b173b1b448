/** The Chromium the UI tests and the screenshots run in. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { at, rememberFailure, rememberedFailure } from './checkout.mjs';
import { runPatiently, tellingLine } from './patient.mjs';

const failureName = 'browser-failure.json';

/** @param {string} path */
function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {readonly string[]} names */
function onPath(names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(executable);
}

/**
 * The user's or the system's Chromium or Chrome, else Playwright's own; null where there is none.
 * `CHROMIUM_PATH` names another.
 *
 * @returns {Promise<string | null>}
 */
export async function findBrowser() {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return executable(named) ? named : null;
  const system =
    onPath(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']) ??
    [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    ].find(existsSync);
  return system ?? (await playwrightsOwn());
}

/** @returns {Promise<string | null>} */
async function playwrightsOwn() {
  try {
    const entry = pathToFileURL(at('node_modules', 'playwright-core', 'index.mjs')).href;
    /** @type {{ chromium: { executablePath(): string } }} */
    const { chromium } = await import(entry);
    const path = chromium.executablePath();
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** Installs Debian's Chromium. @returns {string | null} why it failed */
function installByApt() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  /** @param {readonly string[]} args */
  const apt = (...args) =>
    spawnSync(
      'apt-get',
      ['-qq', '-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20', ...args],
      {
        env,
        encoding: 'utf8',
      },
    );
  const install = () => apt('install', '-y', '--no-install-recommends', 'chromium');
  apt('update');
  const installed = install();
  if (installed.status === 0) return null;
  return tellingLine(installed.stderr) || `apt-get ended with ${String(installed.status)}`;
}

/**
 * Sees to it that there is a browser, and says what it does. A failure is remembered for a day.
 *
 * @param {{ noProgressMs: number }} limits
 * @returns {Promise<{ executable: string } | { reason: string }>}
 */
export async function provideBrowser({ noProgressMs }) {
  const found = await findBrowser();
  if (found !== null) return { executable: found };
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    return { reason: `CHROMIUM_PATH names ${named}, which can't be run` };
  }
  const remembered = rememberedFailure(failureName);
  if (remembered !== null) {
    return {
      reason: `${remembered.reason} (tried ${remembered.date}; JACKDAW_RETRY=1 tries again)`,
    };
  }
  /** @type {string[]} */
  const reasons = [];
  if (process.platform === 'linux' && process.getuid?.() === 0 && onPath(['apt-get'])) {
    console.error('Installing Chromium for the UI tests (apt-get install chromium)…');
    const why = installByApt();
    if (why !== null) reasons.push(`apt-get: ${why}`);
  }
  const byApt = await findBrowser();
  if (byApt !== null) return { executable: byApt };
  console.error("Fetching Playwright's own Chromium for the UI tests…");
  const cli = at('node_modules', 'playwright', 'cli.js');
  const ended = await runPatiently(process.execPath, [cli, 'install', 'chromium'], {
    noProgressMs,
  });
  const own = await findBrowser();
  if (own !== null) return { executable: own };
  reasons.push(
    ended.stalled
      ? `Playwright's download made no progress for ${String(Math.round(noProgressMs / 1000))} s`
      : `Playwright's download: ${tellingLine(ended.output)}`,
  );
  const remedy = process.platform === 'linux' ? ' As root: apt-get install chromium.' : '';
  const reason = `no Chromium (${reasons.join('; ')}).${remedy}`;
  rememberFailure(failureName, reason);
  return { reason };
}
