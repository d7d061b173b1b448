/**
 * Makes a fresh clone ready: installs the packages when package-lock.json isn't the one installed,
 * and with --with-browser a Chromium for the UI tests. Runs on Node 20 and npm 10 too, on nothing
 * but Node itself. Speaks on stderr, and says nothing when there is nothing to do.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideBrowser } from './lib/browser.mjs';
import { at, readJson, root, writeJson } from './lib/checkout.mjs';
import { takeLock } from './lib/lock.mjs';

const stampPath = at('node_modules', '.jackdaw-installed.json');
const noProgressMs = Number(process.env['JACKDAW_DOWNLOAD_LIMIT_MS'] ?? 60_000);

/** What the installed packages depend on: the lock and the machine. */
function wanted() {
  const lock = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex');
  return { lock, platform: process.platform, arch: process.arch };
}

/** @param {Record<string, string>} want */
function installed(want) {
  const stamp = readJson(stampPath);
  return stamp !== null && Object.entries(want).every(([key, value]) => stamp[key] === value);
}

/**
 * Runs npm with the Node that runs npm, never with the one inside node_modules, which it replaces.
 *
 * @param {readonly string[]} args
 * @param {{ shown: boolean }} how `shown`: its errors are printed as they come
 * @returns {Promise<{ code: number | null, errors: string }>}
 */
function npm(args, { shown }) {
  const node = process.env['npm_node_execpath'];
  const cli = process.env['npm_execpath'];
  const [command, before] =
    node !== undefined && cli !== undefined && existsSync(node) ? [node, [cli]] : ['npm', []];
  return new Promise((resolve) => {
    const child = spawn(command, [...before, ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: before.length === 0 && process.platform === 'win32',
    });
    let errors = '';
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => {
      errors += chunk.toString();
      if (shown) process.stderr.write(chunk);
    });
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => child.kill(signal);
    process.on('SIGTERM', pass);
    child.once('error', (error) => {
      resolve({ code: null, errors: error.message });
    });
    child.once('close', (code) => {
      process.removeListener('SIGTERM', pass);
      resolve({ code, errors });
    });
  });
}

/**
 * Says which Node runs Jackdaw where the package `node` has no binary for this machine.
 *
 * @returns {boolean} whether there is one that can
 */
function checkNode() {
  const own = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = at('node_modules', 'node', 'bin', own);
  // Before its script ran, and where that failed, an empty file may stand in the binary's place.
  if (spawnSync(path, ['--version']).status === 0) return true;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const machine = `${process.platform}-${process.arch}`;
  if (major > 22 || (major === 22 && minor >= 12)) {
    // A file that doesn't run would hide the user's Node from npm's scripts.
    rmSync(at('node_modules', '.bin', 'node'), { force: true });
    console.error(`npm has no Node 24 for ${machine}; using your Node ${process.versions.node}.`);
    return true;
  }
  console.error(
    `npm has no Node 24 for ${machine}, and your Node ${process.versions.node} is too old. Install Node 24, or 22.12 and later.`,
  );
  return false;
}

/**
 * Installs the packages where the stamp isn't the lock's. Of two set-ups at once one waits.
 *
 * @returns {Promise<boolean>}
 */
async function installPackages() {
  const want = wanted();
  if (installed(want)) return true;
  // Outside node_modules, which npm empties.
  const whose = `${root} ${String(process.getuid?.() ?? '')}`;
  const key = createHash('sha256').update(whose).digest('hex').slice(0, 12);
  const unlock = await takeLock(join(tmpdir(), `jackdaw-setup-${key}.lock`));
  try {
    return installed(want) || (await install(want));
  } finally {
    unlock();
  }
}

/** @param {ReturnType<typeof wanted>} want @returns {Promise<boolean>} */
async function install(want) {
  console.error('Installing the packages (about a minute the first time)…');
  // On Windows a running program's files can't be deleted, which `npm ci` would do first.
  const keep = process.platform === 'win32' && existsSync(at('node_modules'));
  rmSync(stampPath, { force: true });
  // npm 10 knows no allowScripts and would compile what has its binary already; so no script runs but
  // that of the package `node`, which may fail where npm has no Node for this machine.
  const { code, errors } = await npm(
    [
      keep ? 'install' : 'ci',
      '--ignore-scripts',
      '--loglevel=error',
      '--no-audit',
      '--no-fund',
      '--no-update-notifier',
      '--include=dev',
      '--include=optional',
    ],
    { shown: true },
  );
  if (code !== 0) {
    console.error(
      /EPERM|EBUSY/.test(errors)
        ? 'The packages could not be replaced: files are in use. Quit Jackdaw first, then try again.'
        : 'The packages could not be installed; npm says why above. Is the npm registry reachable?',
    );
    return false;
  }
  await npm(['rebuild', 'node', '--loglevel=error', '--no-update-notifier'], { shown: false });
  if (!checkNode()) return false;
  writeJson(stampPath, want);
  return true;
}

if (!(await installPackages())) {
  process.exitCode = 1;
} else if (process.argv.includes('--with-browser')) {
  const browser = await provideBrowser({ noProgressMs });
  if ('reason' in browser) console.error(`UI tests will be skipped: ${browser.reason}`);
}
