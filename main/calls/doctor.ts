import { accessSync, constants } from 'node:fs';
import type { DoctorReport } from '../../contract/calls.ts';
import { isTimeZone } from '../../contract/time.ts';
import { zoneDataVersion } from '../schedule/zone-data.ts';
import { databasePath, isSound } from '../store/database.ts';
import { listHours, unreadableHours } from '../store/hours.ts';
import { listSchedules } from '../store/schedules.ts';
import type { Context } from './context.ts';

type Check = DoctorReport['checks'][number];

function check(name: string, ok: boolean, finding: string, remedy: string): Check {
  return { check: name, ok, finding, remedy: ok ? null : remedy };
}

function databaseCheck({ db, dataFolder }: Context): Check {
  const path = databasePath(dataFolder);
  const ok = isSound(db);
  const finding = ok ? `${path} is sound.` : `SQLite finds faults in ${path}.`;
  return check(
    'database',
    ok,
    finding,
    'Quit Jackdaw, copy the folder elsewhere, and put a backup in its place.',
  );
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

function zoneCheck({ scheduler }: Context): Check {
  const unknown = scheduler.book.all().filter(({ plan }) => !isTimeZone(plan.timezone));
  const names = unknown.map(({ stored }) => stored.document.id).join(', ');
  const finding =
    unknown.length === 0
      ? `Zone data ${zoneDataVersion()}; the computer is in ${scheduler.facts().zone}.`
      : `These schedules are in a zone that isn't known here: ${names}.`;
  return check(
    'zone data',
    unknown.length === 0,
    finding,
    'Give them a zone such as Europe/Berlin.',
  );
}

/** Checks database, rights, schedules and zone data, and says what to do. */
export function lookedAfter(context: Context): DoctorReport {
  const checks = [databaseCheck, rightsCheck, scheduleCheck, hoursCheck, zoneCheck].map((look) =>
    look(context),
  );
  return { ok: checks.every(({ ok }) => ok), checks };
}
