import { z } from 'zod';
import { instantSchema } from './time.ts';

/** Why a backup was made: each day, by hand, or before an upgrade of the database. */
export const backupKinds = ['daily', 'manual', 'before-upgrade'] as const;

/** Why a backup was made. */
export type BackupKind = (typeof backupKinds)[number];

/** A whole copy of the database in the data folder's `backups`. */
export const backupSchema = z.object({
  /** Its file's name, `daily-2026-11-25.db`: what `restoreBackup` takes. */
  name: z.string(),
  kind: z.enum(backupKinds),
  at: instantSchema,
  bytes: z.int(),
});

/** A whole copy of the database. */
export type Backup = z.infer<typeof backupSchema>;

/** What a restore did: from which file, and where the database before it lies now. */
export const restoredSchema = z.object({
  restored: z.string(),
  /** The folder the former database was set aside in; null where there was none. */
  kept: z.string().nullable(),
});

/** What a restore did. */
export type Restored = z.infer<typeof restoredSchema>;
