import { utilityProcess } from 'electron';
import type { ChildLauncher, ScrapeChild } from '../scrape/launcher.ts';

/**
 * Starts scrape children with Electron's own executable: the fuse `runAsNode` is off, so
 * `child_process.fork` can't. Their number and memory are watched by the runner, as under Node.
 *
 * @param file The bundled scrape child.
 * @param execArgv Node's own options for the child, its memory limit for one.
 */
export function utilityLauncher(file: string, execArgv: readonly string[] = []): ChildLauncher {
  return (): ScrapeChild => {
    const child = utilityProcess.fork(file, [], {
      serviceName: 'Jackdaw scrape',
      stdio: ['ignore', 'ignore', 'pipe'],
      execArgv: [...execArgv],
    });
    let isGone = false;
    child.once('exit', () => {
      isGone = true;
    });
    return {
      get pid() {
        return child.pid;
      },
      send: (message) => {
        if (!isGone) child.postMessage(message);
      },
      onMessage: (listener) => void child.on('message', listener),
      onStderr: (listener) =>
        void child.stderr?.on('data', (chunk: Buffer) => {
          listener(chunk.toString());
        }),
      onExit: (listener) =>
        void child.once('exit', (code) => {
          listener({ code, signal: null });
        }),
      kill: () => {
        // kill() asks politely; a child that hangs in a loop hears nothing.
        if (isGone) return;
        if (child.pid === undefined) child.kill();
        else process.kill(child.pid, 'SIGKILL');
      },
      hold: () => undefined,
    };
  };
}
