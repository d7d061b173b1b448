import { create } from 'zustand';
import type { Backup } from '../../contract/backups.ts';
import { call, perform } from './client.ts';
import { say } from './toasts.ts';

/** The backups in the data folder. */
export interface BackupsState {
  /** Newest first; null until they were told. */
  readonly backups: readonly Backup[] | null;
  /** Why they couldn't be told, as one plain sentence. */
  readonly problem: string | null;
  /** Whether one is being made or restored. */
  readonly isBusy: boolean;
}

/** The backups as main told them last: no event tells of them, so they are asked for where they are shown. */
export const useBackups = create<BackupsState>()(() => ({
  backups: null,
  problem: null,
  isBusy: false,
}));

/** Asks for the backups. */
export async function fetchBackups(): Promise<void> {
  const result = await call('listBackups', {});
  useBackups.setState(
    result.ok ? { backups: result.value, problem: null } : { problem: result.message },
  );
}

async function busily(work: () => Promise<void>): Promise<void> {
  useBackups.setState({ isBusy: true });
  await work();
  await fetchBackups();
  useBackups.setState({ isBusy: false });
}

/** Makes a backup now. */
export function backUp(): Promise<void> {
  return busily(async () => {
    if ((await perform('backUp', {})) !== null) say('A backup was made.');
  });
}

/** Restores a backup, and says where the former database is kept. */
export function restoreBackup({ name }: Backup): Promise<void> {
  return busily(async () => {
    const done = await perform('restoreBackup', { name });
    if (done === null) return;
    const former = done.kept === null ? '' : ` The former database is kept in ${done.kept}.`;
    say(`The backup was restored.${former}`);
  });
}
