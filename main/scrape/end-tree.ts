import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { endMarked } from './end-marked.ts';
import { familyOf, psArguments } from './family.ts';
import type { Mark } from './marks.ts';

/** How long the system's own tool may take before the child alone is killed. */
const toolMs = 3_000;

/** A child whose tree is to be ended. */
export interface TreeRoot {
  readonly pid: number;
  /** Whether it leads a process group of its own. */
  readonly grouped: boolean;
  /** Whether its exit has been told: from then on its number may be a stranger's. */
  readonly isGone: () => boolean;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended in this very moment, or leads no group yet.
  }
}

function killRoot({ pid, grouped, isGone }: TreeRoot): void {
  if (isGone()) return;
  if (grouped) kill(-pid);
  kill(pid);
}

/** Has the whole family named while the child still lives: its own go astray once it is gone. */
function endByPs(root: TreeRoot): void {
  execFile('ps', psArguments, { timeout: toolMs }, (_error, found) => {
    if (root.isGone()) return;
    for (const pid of familyOf(root.pid, found)) kill(pid);
    killRoot(root);
  });
}

function endByTaskkill(root: TreeRoot): void {
  const system = path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32');
  const args = ['/PID', String(root.pid), '/T', '/F'];
  const options = { timeout: toolMs, windowsHide: true };
  execFile(path.join(system, 'taskkill.exe'), args, options, () => {
    killRoot(root);
  });
}

/**
 * Ends a child and what it has started, by force. Call it while the child's exit hasn't been told:
 * until then its number is its own. On Linux the child and its group go at once and `endRest` finds
 * the others; on macOS `ps` names the family first, on Windows `taskkill` walks it.
 */
export function endTree(root: TreeRoot): void {
  if (root.isGone()) return;
  switch (process.platform) {
    case 'win32':
      endByTaskkill(root);
      break;
    case 'darwin':
      endByPs(root);
      break;
    default:
      killRoot(root);
  }
}

/**
 * Ends what a child has left behind, however it ended. Call it from the very callback that tells the
 * exit: the group's number can't be anyone else's yet. On Linux nobody who carries the child's mark
 * survives, detached and re-parented or not; elsewhere whoever left the group does.
 *
 * @param group The child's number where it led a process group of its own.
 */
export function endRest(mark: Mark, group: number | null): void {
  if (group !== null) kill(-group);
  endMarked(mark, { existsSync, readdirSync, readFileSync });
}
