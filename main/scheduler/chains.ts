import type { Outcome } from '../../contract/ledger.ts';
import type { Schedule } from '../../contract/schedule.ts';
import type { End } from './actions.ts';

const failures: ReadonlySet<Outcome> = new Set<Outcome>(['failed', 'timed-out', 'attention']);

/** Whether a final end is one that a schedule which runs after it waits for (design.md section 2, rule 14). */
export function fires(
  on: NonNullable<Schedule['after']>['on'],
  { end, isChange }: { readonly end: End; readonly isChange: boolean },
): boolean {
  switch (on) {
    case 'success':
      return end.outcome === 'success';
    case 'change':
      return isChange;
    case 'failure':
      return failures.has(end.outcome);
  }
}
