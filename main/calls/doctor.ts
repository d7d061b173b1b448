import { accessSync, constants } from 'node:fs';
import type { DoctorReport } from '../../contract/calls.ts';
import { isSoundInThread } from '../store/audit-thread.ts';
import { listBackups } from '../store/backups.ts';
import { databasePath, folderOf } from '../store/database.ts';
import { listHours, unreadableHours } from '../store/hours.ts';
import { listSchedules } from '../store/schedules.ts';
import { asideFolders } from '../store/set-aside.ts';
import { adviceOnStored } from './advice.ts';
import { askKnowing } from './calendars.ts';
import type { Context } from './context.ts';
import { ledgerChecks } from './ledger-check.ts';
import { zoneCheck } from './zone-check.ts';

type Check = DoctorReport['checks'][number];

function check(name: string, ok: boolean, finding: string, remedy: string): Check {
  return { check: name, ok, finding, remedy: ok ? null : remedy };
}

async function databaseCheck({ db, dataFolder }: Context): Promise<Check> {
  const path = databasePath(dataFolder);
  const told = (ok: boolean, finding: string): Check =>
    check(
      'database',
      ok,
      finding,
      'Restore a backup, in Settings or with jackdaw restore; what is there now is kept.',
    );
  try {
    const ok = await isSoundInThread(folderOf(db));
    return told(ok, ok ? `${path} is sound.` : `SQLite finds faults in ${path}.`);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return told(false, `${path} can't be checked: ${detail}.`);
  }
}

function rightsCheck({ dataFolder }: Context): Check {
  try {
    accessSync(dataFolder, constants.R_OK | constants.W_OK);
    return check('rights', true, `${dataFolder} can be written.`, '');
  } catch {
    return check(
      'rights',
      false,
      `${dataFolder} can't be written.`,
      'Give yourself write permission to it.',
    );
  }
}

function scheduleCheck({ db, scheduler }: Context): Check {
  const entries = scheduler.book.all();
  const aside = [
    ...listSchedules(db).unreadable.map(({ id }) => id),
    ...entries.filter(({ fault }) => fault !== null).map(({ stored }) => stored.document.id),
  ];
  const finding =
    aside.length === 0
      ? `${String(entries.length)} schedules can be read.`
      : `These schedules can't be read and don't run: ${aside.join(', ')}.`;
  return check('schedules', aside.length === 0, finding, 'Import them again from a file.');
}

function hoursCheck({ db }: Context): Check {
  const unreadable = unreadableHours(db);
  const finding =
    unreadable.length === 0
      ? `${String(listHours(db).length)} named hours can be read.`
      : `These hours can't be read and never open: ${unreadable.join(', ')}.`;
  return check('hours', unreadable.length === 0, finding, 'Import them again from a file.');
}

/** Whether backups are made, and which databases lie set aside. */
function backupCheck({ dataFolder, keeper }: Context): Check {
  const [newest] = listBackups(dataFolder);
  const aside = asideFolders(dataFolder);
  const faults = keeper.faults().map(({ task, message }) => `The last ${task} failed: ${message}`);
  const finding = [
    newest === undefined
      ? 'There is no backup yet; a host makes one each day.'
      : `The newest backup is of ${newest.at} (${newest.name}).`,
    ...(aside.length === 0 ? [] : [`Set aside in ${dataFolder}: ${aside.join(', ')}.`]),
    ...faults,
  ].join(' ');
  return check(
    'backups',
    faults.length === 0,
    finding,
    'Do what it says; it is tried again by itself.',
  );
}

/**
 * Checks database, backups, rights, schedules, zone data and, where asked to, the ledger; says what to do, and
 * gives advice, which is no fault.
 */
export async function lookedAfter(
  context: Context,
  { ledger }: { readonly ledger: boolean },
): Promise<DoctorReport> {
  const checks = [
    await databaseCheck(context),
    ...[backupCheck, rightsCheck, scheduleCheck, hoursCheck].map((look) => look(context)),
    await zoneCheck(context),
    ...(ledger ? await ledgerChecks(context) : []),
  ];
  const advice = await askKnowing(context, () => adviceOnStored(context));
  return { ok: checks.every(({ ok }) => ok), checks, advice };
}
