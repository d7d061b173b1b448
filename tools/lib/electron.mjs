/** Electron's binary: where it is, how it is fetched, and why it could not be started. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { at, memory, rememberFailure, rememberedFailure } from './checkout.mjs';
import { runPatiently, tellingLine } from './patient.mjs';

const failureName = 'electron-failure.json';

/** The binary's path; null where it isn't there. `ELECTRON_OVERRIDE_DIST_PATH` names its folder. */
export function electronBinary() {
  const pathFile = at('node_modules', 'electron', 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const folder =
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? at('node_modules', 'electron', 'dist');
  const path = join(folder, name);
  return existsSync(path) ? path : null;
}

/**
 * Fetches the binary by Electron's own installer, which is ended when nothing arrives any more. A
 * failure is remembered for a day, so that an offline machine starts at once.
 *
 * @param {{ noProgressMs: number }} limits
 * @returns {Promise<{ binary: string } | { reason: string }>}
 */
export async function provideElectron({ noProgressMs }) {
  const there = electronBinary();
  if (there !== null) return { binary: there };
  const remembered = rememberedFailure(failureName);
  if (remembered !== null) {
    return {
      reason: `Electron's binary isn't here: ${remembered.reason} (tried ${remembered.date} UTC; JACKDAW_RETRY=1 npm start tries again)`,
    };
  }
  const installer = at('node_modules', 'electron', 'install.js');
  if (!existsSync(installer)) return { reason: "Electron's package isn't installed" };
  console.log("Fetching Electron's binary (about 110 MB, once)…");
  const parts = memory('electron-download');
  mkdirSync(parts, { recursive: true });
  const ended = await runPatiently(process.execPath, [installer], {
    noProgressMs,
    watch: [parts, at('node_modules', 'electron', 'dist')],
    env: { ...process.env, TMPDIR: parts, TEMP: parts, TMP: parts },
  });
  rmSync(parts, { recursive: true, force: true });
  const binary = electronBinary();
  if (binary !== null && ended.code === 0) return { binary };
  const why = ended.stalled
    ? `the download made no progress for ${String(Math.ceil(noProgressMs / 1000))} s`
    : `the download failed (${tellingLine(ended.output).slice(0, 200)})`;
  rememberFailure(failureName, why);
  return { reason: `Electron's binary could not be had: ${why}` };
}

/** Whether a window can be shown here. @returns {string | null} why not */
export function withoutDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return null;
  if (process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return null;
  return 'there is no display (DISPLAY and WAYLAND_DISPLAY are empty)';
}

/**
 * What to do about the first line a dying Electron said.
 *
 * @param {string} line
 */
function remedyFor(line) {
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(line)?.[1];
  if (library !== undefined) {
    return `Install the package that has ${library}; on Debian: apt-get install libnss3 libgtk-3-0 libgbm1 libasound2 libatk-bridge2.0-0.`;
  }
  if (/as root without --no-sandbox/i.test(line)) {
    return 'Start it as an ordinary user; Jackdaw never switches the sandbox off by itself.';
  }
  if (/sandbox/i.test(line)) {
    return 'Let the sandbox start: sudo chown root node_modules/electron/dist/chrome-sandbox && sudo chmod 4755 node_modules/electron/dist/chrome-sandbox.';
  }
  if (/display|ozone|x server|wayland/i.test(line)) {
    return 'Check that DISPLAY or WAYLAND_DISPLAY names a display this user may use.';
  }
  return 'Delete node_modules/electron/dist to fetch the binary anew.';
}

/**
 * Runs the app in Electron until it ends.
 *
 * @param {string} binary
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number } | { failed: string, remedy: string }>} `failed` where it ended
 *   before it was ready: the first line it said
 */
export function runElectron(binary, args) {
  const readyFile = memory(`electron-ready-${String(process.pid)}`);
  mkdirSync(memory('.'), { recursive: true });
  rmSync(readyFile, { force: true });
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, JACKDAW_READY_FILE: readyFile };
  delete env['ELECTRON_RUN_AS_NODE'];
  return new Promise((resolve) => {
    const child = spawn(binary, [at(), ...args], { stdio: ['inherit', 'inherit', 'pipe'], env });
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => child.kill(signal);
    process.on('SIGTERM', pass);
    process.on('SIGINT', pass);
    let said = '';
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => {
      if (said.length < 20_000) said += chunk.toString();
      if (existsSync(readyFile)) process.stderr.write(chunk);
    });
    /** @param {number | null} code @param {NodeJS.Signals | null} signal */
    const finish = (code, signal) => {
      process.removeListener('SIGTERM', pass);
      process.removeListener('SIGINT', pass);
      const ready = existsSync(readyFile);
      rmSync(readyFile, { force: true });
      const asked = signal === 'SIGTERM' || signal === 'SIGINT';
      if (ready || code === 0 || asked) {
        resolve({ code: code ?? 0 });
        return;
      }
      const first = said.split('\n').find((line) => line.trim() !== '');
      const line = first?.trim() ?? `it ended with ${String(code ?? signal)} and said nothing`;
      resolve({ failed: line, remedy: remedyFor(line) });
    };
    child.once('error', (error) => {
      said += error.message;
      finish(null, null);
    });
    child.once('close', finish);
  });
}
