import { cpSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { databasePath, openDatabase } from '../../../main/store/database.ts';
import { probeWrite } from '../../../main/store/write-faults.ts';
import { schedulingHost } from './scheduling-host.ts';

/** How a data folder to be damaged was left. */
export const histories = ['killed', 'closed', 'large'] as const;

/** `killed`: its newest commits are in the WAL. `large`: closed, and too large to be checked at each start. */
export type HistoryName = (typeof histories)[number];

/** SQLite's own size of a page, which Jackdaw leaves as it is. */
export const pageBytes = 4_096;

/** What a page of a database is part of. */
export type PageKind = 'leaf' | 'internal' | 'overflow' | 'free';

/** A data folder with a history and a backup, left in one of the ways. */
export interface DamageHistory {
  readonly name: HistoryName;
  readonly folder: string;
  readonly endedAtMs: number;
  readonly pages: Readonly<Record<PageKind, readonly number[]>>;
}

function pagesOf(folder: string): DamageHistory['pages'] {
  const db = new SqliteDatabase(databasePath(folder), { readonly: true });
  try {
    const used = db.prepare('SELECT pageno AS page, pagetype AS kind FROM dbstat').all() as {
      readonly page: number;
      readonly kind: string;
    }[];
    const known = new Set(used.map(({ page }) => page));
    // What the WAL alone holds is not in the file yet.
    const count = statSync(databasePath(folder)).size / pageBytes;
    const all = Array.from({ length: count }, (_, index) => index + 1);
    const of = (kind: string): readonly number[] =>
      used.filter((one) => one.kind === kind && one.page <= count).map(({ page }) => page);
    return {
      leaf: of('leaf'),
      internal: of('internal'),
      overflow: of('overflow'),
      free: all.filter((page) => !known.has(page)),
    };
  } finally {
    db.close();
  }
}

/** Leaves pages that were used once, as after the rows of a long run were removed. */
function leaveFreePages(folder: string): void {
  const db = openDatabase(folder);
  probeWrite(db);
  db.close();
}

/** Lets a host gather a history and make its backup, and leaves its folder as the name says. */
export async function damageHistory(inside: string, name: HistoryName): Promise<DamageHistory> {
  const [folder, left] = [path.join(inside, `${name}-host`), path.join(inside, name)];
  mkdirSync(folder);
  leaveFreePages(folder);
  const jackdaw = await schedulingHost(folder, name === 'large' ? 100_000 : 6_000);
  await jackdaw.clock.advance(60_000);
  await jackdaw.call('backUp', {});
  await jackdaw.clock.advance(45_000);
  leaveFreePages(folder);
  const endedAtMs = jackdaw.clock.now();
  if (name === 'killed') cpSync(folder, left, { recursive: true, preserveTimestamps: true });
  await jackdaw.stop();
  if (name !== 'killed') cpSync(folder, left, { recursive: true, preserveTimestamps: true });
  return { name, folder: left, endedAtMs, pages: pagesOf(left) };
}
