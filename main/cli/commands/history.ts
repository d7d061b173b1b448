import type { HistoryEntry } from '../../../contract/ledger.ts';
import { outcomes, type Outcome } from '../../../contract/ledger.ts';
import type { CallOutput } from '../../../contract/calls.ts';
import { UsageError, type Command } from '../command.ts';
import { durationText, relative, table } from '../text.ts';

function outcomeOption(text: string | undefined): Outcome | undefined {
  const found = outcomes.find((one) => one === text);
  if (text !== undefined && found === undefined)
    throw new UsageError(`--outcome is one of ${outcomes.join(', ')}`);
  return found;
}

function outcomeText({ outcome, state, reason, coalesced }: HistoryEntry): string {
  const why = reason === null ? '' : ` (${reason})`;
  const many = coalesced > 1 ? `, ${String(coalesced)} slots` : '';
  return `${outcome ?? state}${why}${many}`;
}

function countsText({ counts }: HistoryEntry): string {
  if (counts === null) return '';
  const changes = [
    [counts.new, '+'],
    [counts.changed, '~'],
    [counts.gone, '-'],
  ] as const;
  const shown = changes
    .filter(([number]) => number > 0)
    .map(([number, sign]) => sign + String(number));
  return [String(counts.rows), ...shown].join(' ');
}

function historyText({ entries, next }: CallOutput<'listRuns'>, now: number): string {
  if (entries.length === 0) return 'No runs yet.';
  const rows = entries.map((entry) => [
    entry.run === null ? '-' : String(entry.run),
    entry.schedule,
    entry.slotAt ?? 'by hand',
    relative(entry.recordedAt, now),
    outcomeText(entry),
    countsText(entry),
    entry.durationMs === null ? '' : durationText(entry.durationMs),
  ]);
  const text = table(['RUN', 'SCHEDULE', 'SLOT', 'RECORDED', 'OUTCOME', 'ROWS', 'TOOK'], rows);
  return next === null ? text : `${text}\n\nOlder ones: --before ${next}`;
}

/** `runs [ID]`: the ledger, newest first: what ran, and what didn't and why. */
export const runs: Command = {
  name: 'runs',
  takes: '[ID]',
  most: 1,
  options: { limit: { type: 'string' }, before: { type: 'string' }, outcome: { type: 'string' } },
  summary: 'the history: what ran, what didn’t run and why',
  help: [
    '--limit N         how many rows (50)',
    '--before CURSOR   the rows before this one: the cursor the last page ended with',
    `--outcome O       only ${outcomes.join(', ')}`,
  ],
  run: async ({ door, parts, positionals, option, number, print }) => {
    const [id] = positionals;
    const limit = number('limit');
    const before = option('before');
    const outcome = outcomeOption(option('outcome'));
    const page = await (
      await door()
    ).call('listRuns', {
      ...(id === undefined ? {} : { id }),
      ...(limit === undefined ? {} : { limit }),
      ...(before === undefined ? {} : { before }),
      ...(outcome === undefined ? {} : { outcome }),
    });
    await print(page, (value) => historyText(value, parts.clock.now()));
    return 0;
  },
};
