import { createHash, randomBytes } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * One `NAME=value` of an environment by which processes are known again: whatever a process starts
 * inherits it, however far it is detached.
 */
export type Mark = `JACKDAW_${'CHILD' | 'FOLDER'}=${string}`;

/** A mark that no other child has. */
export function newChildMark(): Mark {
  return `JACKDAW_CHILD=${randomBytes(16).toString('hex')}`;
}

/**
 * The mark of a data folder's children, the same for each of its leaders. A hash of where the folder lies
 * and which one it is, so that a child learns no path, and a container's `/data` isn't taken for another's.
 *
 * @throws where there is no such folder.
 */
export function folderMark(dataFolder: string): Mark {
  const { dev, ino } = statSync(dataFolder);
  const place = JSON.stringify([realpathSync(resolve(dataFolder)), dev, ino]);
  return `JACKDAW_FOLDER=${createHash('sha256').update(place).digest('hex').slice(0, 32)}`;
}

/** The environment that carries these marks. */
export function markedEnvironment(marks: readonly Mark[]): Record<string, string> {
  return Object.fromEntries(
    marks.map((mark) => [mark.slice(0, mark.indexOf('=')), mark.slice(mark.indexOf('=') + 1)]),
  );
}

/** The mark this process was started with as a child; null where it wasn't. */
export function ownMark(environment: NodeJS.ProcessEnv): Mark | null {
  const id = environment['JACKDAW_CHILD'];
  return id === undefined ? null : `JACKDAW_CHILD=${id}`;
}
