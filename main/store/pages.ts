import { gunzipSync, gzipSync } from 'node:zlib';
import { statement, type Reader, type Writer } from './statement.ts';

/** A page as it was answered last, kept for conditional requests. */
export interface StoredPage {
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly contentType: string | null;
  readonly finalUrl: string;
  readonly body: Uint8Array;
  readonly fetchedAtMs: number;
}

interface PageRow {
  readonly etag: string | null;
  readonly last_modified: string | null;
  readonly content_type: string | null;
  readonly final_url: string;
  readonly fetched_at: number;
  readonly body: Buffer;
}

/** The kept page of a schedule at this address, or null. Bodies are stored gzipped. */
export function readPage(db: Reader, schedule: number, url: string): StoredPage | null {
  const row = statement<PageRow>(
    db,
    `SELECT etag, last_modified, content_type, final_url, fetched_at, body
     FROM pages WHERE schedule = ? AND url = ?`,
  ).get(schedule, url);
  if (row === undefined) return null;
  return {
    etag: row.etag,
    lastModified: row.last_modified,
    contentType: row.content_type,
    finalUrl: row.final_url,
    fetchedAtMs: row.fetched_at,
    body: gunzipSync(row.body),
  };
}

/** Keeps a page in place of the one before. */
export function writePage(db: Writer, schedule: number, url: string, page: StoredPage): void {
  statement(
    db,
    `INSERT INTO pages (schedule, url, etag, last_modified, content_type, final_url, fetched_at, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (schedule, url) DO UPDATE SET etag = excluded.etag,
       last_modified = excluded.last_modified, content_type = excluded.content_type,
       final_url = excluded.final_url, fetched_at = excluded.fetched_at, body = excluded.body`,
  ).run(
    schedule,
    url,
    page.etag,
    page.lastModified,
    page.contentType,
    page.finalUrl,
    page.fetchedAtMs,
    gzipSync(page.body),
  );
}
