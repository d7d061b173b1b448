import { statSync } from 'node:fs';
import { databasePath, openForReading } from '../../../main/store/database.ts';
import { contentsOf } from '../contents.ts';
import type { TestApp } from '../test-app.ts';

/** Sees whether an app's state has changed, from beside it. */
export interface Witness {
  /**
   * A value that is another after any commit to the database, event, run that was started, or timer that
   * was set. It costs next to nothing.
   */
  mark(): string;
  /** The hash of every row of every table. */
  contents(): string;
  close(): void;
}

/** A witness of an app, on a connection of its own. */
export function witnessOf({ app, clock, folder, runner }: TestApp): Witness {
  const whichFile = (): number => statSync(databasePath(folder)).ino;
  let file = whichFile();
  let db = openForReading(folder);
  /** A restore puts another file in the database's place. */
  const follow = (): void => {
    if (whichFile() === file) return;
    db.close();
    file = whichFile();
    db = openForReading(folder);
  };
  return {
    mark: () => {
      follow();
      return JSON.stringify([
        file,
        // SQLite counts the commits of all other connections.
        db.pragma('data_version', { simple: true }),
        app.changes.revision(),
        runner.runs.length,
        clock.pending(),
      ]);
    },
    contents: () => {
      follow();
      return contentsOf(db);
    },
    close: () => {
      db.close();
    },
  };
}
