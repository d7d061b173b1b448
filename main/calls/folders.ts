import { RefusedError } from '../../contract/result.ts';
import { logFolder } from '../log.ts';
import type { Handlers } from './calls.ts';
import type { Desktop } from './context.ts';

/** Shows the data or the log folder in the system's file manager, where there is one. */
export function openFolderOf(desktop: Desktop | null, dataFolder: string): Handlers['openFolder'] {
  return async ({ folder }) => {
    if (desktop === null)
      throw new RefusedError(
        'unsupported',
        'This host has no file manager; the path is shown instead.',
      );
    await desktop.openFolder(folder === 'data' ? dataFolder : logFolder(dataFolder));
    return { folder };
  };
}
