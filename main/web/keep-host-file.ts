import type { Changes } from '../changes.ts';
import type { Log } from '../log.ts';
import { removeHostFile, writeHostFile, type HostFile } from './host-file.ts';

/**
 * Keeps the file by which the command line finds this host. Where it can't be written (the disk is
 * full, the folder is read-only) the host goes on, and it is tried again whenever the host tells that
 * something about it has changed. Answers the function that takes the file away.
 */
export function keepHostFile(
  dataFolder: string,
  host: HostFile,
  changes: Changes,
  log: Log,
): () => void {
  const write = (): boolean => {
    try {
      writeHostFile(dataFolder, host);
      return true;
    } catch (error) {
      log.warn('host not announced', { error: String(error) });
      return false;
    }
  };
  let isWritten = write();
  const unsubscribe = changes.subscribe(({ name }) => {
    if (name === 'host' && !isWritten) isWritten = write();
  });
  return () => {
    unsubscribe();
    if (isWritten) removeHostFile(dataFolder, host);
  };
}
