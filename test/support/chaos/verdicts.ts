import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { databasePath, openForReading } from '../../../main/store/database.ts';
import { asideFolders } from '../../../main/store/set-aside.ts';
import type { Reader } from '../../../main/store/statement.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { settle } from '../virtual-clock.ts';

/** What came of a damaged data folder that a host opened, best first. */
export const verdicts = {
  equal: 'nothing that is on record has changed',
  refused: 'found at the start, kept as it was, and a backup restored',
  mended: 'an index made anew, the damaged one kept, every row as before',
  'found in use': 'found in use or by the next backup, and a backup restored',
  'last commit lost': 'the last commit isn’t there, as after a power cut',
  'set aside': 'a schedule that can’t be read is set aside, and said',
  audited: 'a value has changed, and the audit of the ledger says so',
  'value changed': 'a value has changed, which nothing can find',
  'key changed': 'as many rows, one under another key, which nothing can find',
  'rows lost': 'rows are gone and nothing says so',
} as const;

/** One of these. */
export type Verdict = keyof typeof verdicts;

/** What is on record: of each table its rows, each as its key and a digest of the whole of it. */
export type Rows = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A folder to be opened, and what is on record in it when nothing is damaged. */
export interface JudgeOrder {
  readonly folder: string;
  readonly nowMs: number;
  /** Whether it is too large to be checked at a start after a clean end. */
  readonly isUnchecked: boolean;
  /** Null: nothing is damaged, and what is on record is to be told. */
  readonly sound: Rows | null;
  /** What is on record when the last commit of the WAL is not there; null where there is no WAL. */
  readonly lastLost: Rows | null;
}

/** What came of a folder. */
export interface Judged {
  readonly verdict: Verdict | 'fault' | 'crash' | 'stuck';
  readonly detail: string;
  /** What was on record, where it was asked for. */
  readonly rows: Rows;
}

const digest = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

interface Column {
  readonly name: string;
  readonly pk: number;
}

function rowsIn(db: Reader, table: string): Readonly<Record<string, string>> {
  const columns = db.pragma(`table_info("${table}")`) as Column[];
  const keys = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
  const rows = db.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[];
  return Object.fromEntries(
    rows.map((row, index) => [
      JSON.stringify(keys.length === 0 ? index : keys.map((key) => row[key])),
      digest(JSON.stringify(row)),
    ]),
  );
}

function rowsOnRecord(folder: string): Rows {
  const db = openForReading(folder);
  try {
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'meta'")
      .pluck()
      .all() as string[];
    return Object.fromEntries(tables.map((table) => [table, rowsIn(db, table)]));
  } finally {
    db.close();
  }
}

/** How two records differ, worst first. */
function difference(was: Rows, is: Rows): { readonly verdict: Verdict; readonly detail: string } {
  const found: Partial<Record<Verdict, string>> = {};
  for (const [table, before] of Object.entries(was)) {
    const after = is[table] ?? {};
    const gone = Object.keys(before).filter((key) => !(key in after));
    const changed = Object.keys(before).filter((key) => key in after && after[key] !== before[key]);
    if (Object.keys(after).length < Object.keys(before).length)
      found['rows lost'] = `${table}: ${gone.join()}`;
    else if (gone.length > 0) found['key changed'] = `${table}: ${gone.join()}`;
    else if (changed.length > 0) found['value changed'] = `${table}: ${changed.join()}`;
  }
  for (const verdict of ['rows lost', 'key changed', 'value changed'] as const)
    if (found[verdict] !== undefined) return { verdict, detail: found[verdict] };
  return { verdict: 'equal', detail: '' };
}

const isEqual = (a: Rows, b: Rows): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The digests of a database's files, wherever they lie; whoever looks makes an empty WAL. */
function digestsIn(folder: string): readonly string[] {
  return ['', '-wal']
    .map((ending) => path.join(folder, path.basename(databasePath(folder)) + ending))
    .filter((file) => existsSync(file) && statSync(file).size > 0)
    .map((file) => digest(readFileSync(file)));
}

/** The host's troubles. The call that meets the damage is refused; the next one knows why. */
async function troublesOf(jackdaw: TestApp) {
  const first = await jackdaw.app.calls.call('getSnapshot', {});
  await settle();
  const { host } = first.ok ? first.value : await jackdaw.call('getSnapshot', {});
  return host.troubles;
}

/** Asks and does what a user would; a refusal is an answer. Answers what it was refused with. */
async function use(jackdaw: TestApp): Promise<readonly string[]> {
  const { calls } = jackdaw.app;
  const ids = ['latest', 'all', 'skip', 'slow', 'flaky', 'hours', 'then'];
  const results = [
    await calls.call('getStatus', {}),
    await calls.call('listRuns', { limit: 1000 }),
    await calls.call('exportFile', {}),
    ...(await Promise.all(ids.map((id) => calls.call('listRecords', { id })))),
  ];
  jackdaw.app.start();
  await jackdaw.clock.advance(60_000);
  results.push(await calls.call('backUp', {}));
  return results.flatMap((result) => (result.ok ? [] : [`${result.code}: ${result.message}`]));
}

/** Restores the backup by the host that refused the database, and lets it run. @throws where it doesn’t. */
async function restoreAndRun(jackdaw: TestApp): Promise<void> {
  const oldest = (await jackdaw.call('listBackups', {})).at(-1);
  if (oldest === undefined) throw new Error('There is no backup.');
  await jackdaw.call('restoreBackup', { name: oldest.name });
  jackdaw.app.start();
  await jackdaw.clock.advance(60_000);
  const left = (await troublesOf(jackdaw)).filter(({ code }) => code !== 'low-space');
  if (left.length > 0) throw new Error(`After the restore: ${left[0]?.message ?? ''}`);
  const { schedules } = await jackdaw.call('getSnapshot', {});
  if (schedules.length !== 7) throw new Error(`${String(schedules.length)} schedules are restored`);
}

function isKept(folder: string, digests: readonly string[]): boolean {
  const kept = asideFolders(folder).flatMap((name) => digestsIn(path.join(folder, name)));
  return digests.every((one) => kept.includes(one));
}

/** What is said of a database that can’t be used: one line. @throws where it is none. */
function oneLine(message: string): string {
  if (message.trim() === '' || message.includes('\n')) throw new Error(`not one line: ${message}`);
  return message;
}

/** Stops it; answers what the audit of its ledger found, or null. */
async function stopAndAudit(jackdaw: TestApp): Promise<string | null> {
  try {
    await jackdaw.stop();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Opens a damaged folder as a host does, lives in it for a while, and says what came of it. */
export async function judge(order: JudgeOrder): Promise<Judged> {
  const { folder, nowMs, sound, lastLost } = order;
  const damaged = digestsIn(folder);
  const jackdaw = await openTestApp({ dataFolder: folder, at: new Date(nowMs).toISOString() });
  const refusal = (await troublesOf(jackdaw)).find(({ code }) => code === 'database');
  if (refusal !== undefined) {
    const untouched = JSON.stringify(digestsIn(folder)) === JSON.stringify(damaged);
    // Only one that isn't checked at the start may have been opened before its damage was met.
    if (!untouched && !order.isUnchecked) throw new Error('a refused database was changed');
    const detail = oneLine(refusal.message);
    const kept = digestsIn(folder);
    await restoreAndRun(jackdaw);
    await jackdaw.stop();
    if (!isKept(folder, kept)) throw new Error('what was damaged is not kept');
    return { verdict: untouched ? 'refused' : 'found in use', detail, rows: {} };
  }
  const wasMended = readdirSync(folder).some((name) => name.startsWith('damaged-'));
  if (wasMended && !order.isUnchecked && !isKept(folder, damaged))
    throw new Error('what was mended is not kept');
  let rows: Rows = {};
  let unread = '';
  try {
    rows = rowsOnRecord(folder);
  } catch (error) {
    unread = String(error);
  }
  const refused = await use(jackdaw);
  const troubles = await troublesOf(jackdaw);
  const standstill = troubles.find(({ code }) => code === 'scheduler');
  if (standstill !== undefined) throw new Error(`it stands still: ${standstill.message}`);
  if (troubles.some(({ code }) => code === 'database')) {
    await restoreAndRun(jackdaw);
    await jackdaw.stop();
    return { verdict: 'found in use', detail: unread, rows: {} };
  }
  const findings = await stopAndAudit(jackdaw);
  if (sound === null) return { verdict: 'equal', detail: refused.join('; '), rows };
  const found = refused.filter((one) => !one.startsWith('not-found'));
  if (found.length > 0) return { verdict: 'found in use', detail: found.join('; '), rows: {} };
  const { verdict, detail } = difference(sound, rows);
  const told = { detail, rows: {} };
  if (verdict === 'equal') return { ...told, verdict: wasMended ? 'mended' : verdict };
  if (lastLost !== null && isEqual(lastLost, rows)) return { ...told, verdict: 'last commit lost' };
  if (troubles.some(({ code }) => code === 'quarantined')) return { ...told, verdict: 'set aside' };
  return { ...told, verdict: findings === null ? verdict : 'audited' };
}
