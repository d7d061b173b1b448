import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');
const standIn = path.join(import.meta.dirname, 'electron-standin');

/** Electron's own binary, where npm could download it. */
function downloadedBinary(): string | null {
  const folder = path.join(root, 'node_modules', 'electron');
  const pathFile = path.join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = path.join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
}

/**
 * Decides which Electron the specs run on, and says it in one line: Electron's own binary where there
 * is one and a display, else the stand-in (Linux and macOS only). `ELECTRON_OVERRIDE_DIST_PATH`,
 * which Playwright and npm's electron obey, is set accordingly; one set by the caller stays.
 */
export function chooseElectron(): string {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given === standIn) return 'the stand-in of test/support/electron-standin';
  if (given !== undefined && given !== '') return `the one in ${given}`;
  const binary = downloadedBinary();
  if (binary !== null && hasDisplay())
    return `Electron's own binary, ${path.relative(root, binary)}`;
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = standIn;
  return 'the stand-in of test/support/electron-standin';
}

/** Whether the specs run on the stand-in. */
export function isStandIn(): boolean {
  return process.env['ELECTRON_OVERRIDE_DIST_PATH'] === standIn;
}
