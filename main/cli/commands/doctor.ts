import type { DoctorReport } from '../../../contract/calls.ts';
import { RefusedError } from '../../../contract/result.ts';
import type { Command, Invocation } from '../command.ts';
import { adviceLines, plain } from '../text.ts';

function doctorText({ checks, advice }: DoctorReport): string {
  const lines = checks.flatMap(({ ok, check, code, finding, remedy }) => [
    `${ok ? 'ok   ' : 'FAULT'}  ${plain(check)}${code === undefined ? '' : ` (${code})`}: ${plain(finding)}`,
    ...(remedy === null ? [] : [`       ${plain(remedy)}`]),
  ]);
  return [...lines, ...adviceLines(advice)].join('\n');
}

/** A folder that can't even be opened is a finding, not a failure of the doctor. */
async function examine({ door, flag }: Invocation): Promise<DoctorReport> {
  try {
    return await (await door()).call('runDoctor', { ledger: flag('ledger') });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const check = { check: 'data folder', ok: false, finding: error.message, remedy: null };
    return { ok: false, checks: [check], advice: [] };
  }
}

/** `doctor`: checks database, ledger, zone data and rights. Exit code 1 where something is wrong; advice is not. */
export const doctor: Command = {
  name: 'doctor',
  options: { ledger: { type: 'boolean' } },
  summary: 'check the database, the zone data and the rights, and say what to do',
  help: [
    '--ledger   also check every row of the history: nothing twice, nothing outside its hours, no gap',
    'Exits 1 where something is wrong.',
  ],
  run: async (invocation) => {
    const report = await examine(invocation);
    await invocation.print(report, doctorText);
    return report.ok ? 0 : 1;
  },
};
