import { outcomes, type Outcome } from '../../../contract/ledger.ts';
import type { RunDay } from '../../../contract/run-days.ts';
import { countText } from '../../components/counts.ts';

/** What a day's outcomes come to, the gravest first: the parts of a bar from its foot up. */
export const outcomeGroups = [
  { id: 'failure', word: 'Failed', of: ['failed', 'timed-out'] },
  { id: 'person', word: 'Needs attention', of: ['attention'] },
  { id: 'done', word: 'Done', of: ['success', 'partial'] },
  {
    id: 'pale',
    word: 'Cut short or not run',
    of: ['cancelled', 'interrupted', 'skipped', 'missed'],
  },
] as const satisfies readonly {
  readonly id: string;
  readonly word: string;
  readonly of: readonly Outcome[];
}[];

/** A group of outcomes. */
export type OutcomeGroup = (typeof outcomeGroups)[number];

/** How many of a day's rows ended in one of the outcomes of a group. */
export function groupCount({ counts }: Pick<RunDay, 'counts'>, group: OutcomeGroup): number {
  return group.of.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0);
}

/** How many of a day's rows ended. */
export function dayCount({ counts }: Pick<RunDay, 'counts'>): number {
  return outcomes.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0);
}

/** A day's figures in words, `2 failed, 14 done`; `nothing` where there are none. */
export function figuresText(day: Pick<RunDay, 'counts'>): string {
  const parts = outcomeGroups
    .map((group) => ({ word: group.word.toLowerCase(), count: groupCount(day, group) }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${countText(count)} ${word}`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** The figures of some days together. */
export function sumOf(days: readonly RunDay[]): Pick<RunDay, 'counts'> {
  const counts: RunDay['counts'] = {};
  for (const day of days)
    for (const outcome of outcomes)
      counts[outcome] = (counts[outcome] ?? 0) + (day.counts[outcome] ?? 0);
  return { counts };
}
