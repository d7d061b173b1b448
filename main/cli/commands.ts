import type { Command } from './command.ts';
import { backup, restore } from './commands/backup.ts';
import { doctor } from './commands/doctor.ts';
import { exportCommand, importCommand, schema } from './commands/file.ts';
import { runs } from './commands/history.ts';
import { next } from './commands/next.ts';
import { pause, resume } from './commands/pause.ts';
import { records } from './commands/records.ts';
import { cancel, log, run } from './commands/run.ts';
import { sample } from './commands/sample.ts';
import { deleteCommand, disable, enable, list, show } from './commands/schedules.ts';
import { serve } from './commands/serve.ts';
import { simulate } from './commands/simulate.ts';
import { status } from './commands/status.ts';

/** Every command, in the order help lists them. */
export const commands: readonly Command[] = [
  serve,
  status,
  importCommand,
  exportCommand,
  schema,
  list,
  show,
  enable,
  disable,
  deleteCommand,
  next,
  simulate,
  run,
  cancel,
  runs,
  log,
  records,
  pause,
  resume,
  backup,
  restore,
  sample,
  doctor,
];
