import { RefusedError, type ErrorCode } from '../../contract/result.ts';
import { compose, type Inside, type InsideOptions, type Opened } from '../app.ts';
import { databasePath, openDatabase, storeRefusal } from '../store/database.ts';
import { copyForLooking } from '../store/looking.ts';
import { openChecked } from '../store/open-checked.ts';
import type { Writer } from '../store/statement.ts';
import { writeFaultOf } from '../store/write-faults.ts';

/** The refusal of something that could not be opened; what is one already stays as it is. */
function refusedAs(
  code: ErrorCode,
  what: string,
  error: unknown,
  dataFolder: string,
): RefusedError {
  const known = storeRefusal(error, databasePath(dataFolder));
  if (known instanceof RefusedError) return known;
  const said = error instanceof Error ? error.message : String(error);
  return new RefusedError(code, `${what}: ${said.replace(/\.$/, '')}.`);
}

/** Opens the database to lead, after a look at it and mending what can be. */
function openStore({ dataFolder, clock, log }: InsideOptions, patienceMs?: number): Writer {
  try {
    const { db, mended } = openChecked(dataFolder, clock.now(), patienceMs);
    if (mended !== null) log.warn('database mended', { index: 'made anew', kept: mended });
    return db;
  } catch (error) {
    const what = `${databasePath(dataFolder)} could not be opened`;
    throw refusedAs('invalid', what, error, dataFolder);
  }
}

/** Opens an app over a database, which is closed again where that fails. */
async function openOver(options: InsideOptions, opened: Opened): Promise<Inside> {
  let app: Inside | null = null;
  try {
    const composed = compose(options, opened);
    ({ app } = composed);
    await composed.open();
    return app;
  } catch (error) {
    await app?.stop();
    opened.db.close();
    throw error;
  }
}

/** Opens an app to lead. Damage that only its start has met is looked at as a whole, and mended where it can be. */
async function openOnceMore(
  options: InsideOptions,
  db: Writer,
  patienceMs?: number,
): Promise<Inside> {
  try {
    return await openOver(options, { db, looks: false });
  } catch (error) {
    if (writeFaultOf(error) !== 'damaged') throw error;
    options.log.error('database damaged', { error: String(error) });
    return openOver(options, { db: openStore(options, patienceMs), looks: false });
  }
}

function notStarted(error: unknown, dataFolder: string): RefusedError {
  return refusedAs('internal', 'The scheduler could not be started', error, dataFolder);
}

/**
 * Composes Jackdaw over the database of a data folder, under a lead that the caller holds; its
 * scheduler isn't armed yet.
 *
 * @param patienceMs How long opening waits for another program's lock; everything stands still meanwhile.
 * @throws RefusedError where the database can't be used (`invalid`, `read-only` …), or `internal`
 * where what stands on it failed. Nothing is left open then.
 */
export async function openToLead(options: InsideOptions, patienceMs?: number): Promise<Inside> {
  const db = openStore(options, patienceMs);
  const left = (await options.endLeftovers?.(options.dataFolder)) ?? 0;
  if (left > 0) options.log.warn('leftovers ended', { processes: left });
  try {
    return await openOnceMore(options, db, patienceMs);
  } catch (error) {
    throw notStarted(error, options.dataFolder);
  }
}

/**
 * Composes Jackdaw over a copy of a database that can't be written: everything is shown, nothing
 * starts, and calls that would change something are refused.
 *
 * @throws RefusedError where there is nothing to look at, or it can't be read.
 */
export async function openToLook(options: InsideOptions): Promise<Inside> {
  const copy = copyForLooking(options.dataFolder);
  try {
    const app = await openOver(options, { db: openDatabase(copy.folder), looks: true });
    return {
      ...app,
      stop: async () => {
        await app.stop();
        copy.remove();
      },
    };
  } catch (error) {
    copy.remove();
    throw notStarted(error, options.dataFolder);
  }
}
