import type { DoctorReport } from '../../contract/calls.ts';
import { toInstant } from '../../contract/time.ts';
import { auditOpen, together, type Audit, type Finding } from '../store/audit.ts';
import { auditInThread } from '../store/audit-thread.ts';
import { folderOf } from '../store/database.ts';
import { readEpoch } from '../store/meta.ts';
import type { Context } from './context.ts';

type Check = DoctorReport['checks'][number];

const check = 'ledger';

/** What is open, judged on the leader's own thread: nothing starts or ends while it looks. */
function auditLiving({ db, scheduler }: Context): Audit {
  return auditOpen(db, {
    epoch: readEpoch(db),
    goesOn: (run) => scheduler.dispatcher.progressOf(run) !== undefined,
  });
}

function findingCheck({ code, schedule, slotAtMs, message }: Finding): Check {
  const slotAt = slotAtMs === null ? null : toInstant(slotAtMs);
  return { check, ok: false, finding: message, remedy: null, code, schedule, slotAt };
}

function summary({ findings, total }: Audit): Check {
  if (total === 0)
    return {
      check,
      ok: true,
      finding: 'Every slot has one outcome: nothing twice, nothing outside its hours, no gap.',
      remedy: null,
    };
  const counted = total === 1 ? 'One entry' : `${String(total)} entries`;
  const shown = findings.length < total ? `; the first ${String(findings.length)} follow` : '';
  return {
    check,
    ok: false,
    finding: `${counted} of the ledger can't be right${shown}.`,
    remedy:
      'Schedules go on. Copy the data folder to keep the evidence, and report this as a fault of Jackdaw.',
  };
}

/** Doctor's look at the ledger (design.md section 4): how it stands, then each of the first findings. */
export async function ledgerChecks(context: Context): Promise<readonly Check[]> {
  try {
    const record = await auditInThread(folderOf(context.db));
    const audit = together(record, auditLiving(context));
    return [summary(audit), ...audit.findings.map(findingCheck)];
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const finding = `The ledger can't be read: ${detail}.`;
    return [{ check, ok: false, finding, remedy: 'See what doctor says of the database.' }];
  }
}
