import { utilityProcess } from 'electron';
import { endRest, endTree } from '../scrape/end-tree.ts';
import { childEnvironment, type ChildLauncher, type ScrapeChild } from '../scrape/launcher.ts';
import { newChildMark } from '../scrape/marks.ts';

/**
 * Starts scrape children with Electron's own executable: the fuse `runAsNode` is off, so Node's fork
 * can't. They end with Jackdaw, share no secrets with it, and lead no process group of their own.
 *
 * @param childPath The bundled scrape child, `out/main/scrape-child.js`. Call the launcher after
 * `ready` only.
 */
export function utilityLauncher(childPath: string): ChildLauncher {
  return ({ folderMark }): ScrapeChild => {
    const mark = newChildMark();
    const child = utilityProcess.fork(childPath, [], {
      serviceName: 'Jackdaw scrape',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: childEnvironment(process.env, [mark, folderMark]),
    });
    let isGone = false;
    child.once('exit', () => {
      isGone = true;
      endRest(mark, null);
    });
    // utilityProcess.kill() asks politely; a child that hangs in a loop hears nothing.
    const killNow = (): void => {
      const { pid } = child;
      if (pid !== undefined) endTree({ pid, grouped: false, isGone: () => isGone });
    };
    return {
      get pid() {
        return child.pid;
      },
      send: (message) => {
        if (!isGone) child.postMessage(message);
      },
      onMessage: (listener) => void child.on('message', listener),
      onStderr: (listener) => {
        child.stderr?.on('data', (chunk: Buffer) => {
          listener(chunk.toString());
        });
      },
      onExit: (listener) => {
        child.once('exit', (code) => {
          listener({ code, signal: null });
        });
      },
      kill: () => {
        if (child.pid === undefined) child.once('spawn', killNow);
        else killNow();
      },
      hold: () => undefined,
    };
  };
}
