import type { Outcome } from '../../contract/ledger.ts';
import type { Schedule } from '../../contract/schedule.ts';
import type { Writer } from '../store/statement.ts';
import type { Book, Entry } from './book.ts';
import type { Retries } from './retries.ts';
import { settleChained, type Bench, type Settlement } from './settle.ts';

/** How a run ended for the schedules that run after it. */
export interface ChainEnd {
  /** The upstream schedule's id. */
  readonly upstream: string;
  /** Its final outcome: no retry follows. */
  readonly outcome: Outcome;
  /** Whether it found new, changed or gone rows; a first good run is none of these. */
  readonly isChange: boolean;
}

/** Enters the slots that follow from a run's end, in the caller's transaction. */
export type EnterChained = (end: ChainEnd) => readonly Settlement[];

/** The schedules that run after others. */
export interface Chains {
  readonly enter: EnterChained;
  /**
   * Ends a schedule's waiting retries, since a newly due slot takes their place: the last attempt's
   * outcome stands, and what runs after it follows.
   */
  endRetries(entry: Entry): readonly Settlement[];
}

const failures: ReadonlySet<Outcome> = new Set<Outcome>(['failed', 'timed-out', 'attention']);

/** Whether an end is one that a chain waits for (design.md section 2, rule 14). */
function fires(on: NonNullable<Schedule['after']>['on'], { outcome, isChange }: ChainEnd): boolean {
  switch (on) {
    case 'success':
      return outcome === 'success';
    case 'change':
      return isChange;
    case 'failure':
      return failures.has(outcome);
  }
}

/**
 * Enters a slot, due at once, for each schedule that runs after one whose run has ended so; its own
 * hours are judged when it starts. A schedule that is off has none.
 */
export function createChains(db: Writer, book: Book, retries: Retries, bench: () => Bench): Chains {
  const endRetries = ({ stored }: Entry): readonly Settlement[] =>
    retries
      .end(stored.number)
      .flatMap((outcome) => enter({ upstream: stored.document.id, outcome, isChange: false }));

  const enter: EnterChained = (end) =>
    book.all().flatMap((entry) => {
      const { after, enabled } = entry.stored.document;
      if (!enabled || after?.schedule !== end.upstream || !fires(after.on, end)) return [];
      const settlement = settleChained(db, entry, bench());
      return settlement === null ? [] : [settlement, ...endRetries(entry)];
    });

  return { enter, endRetries };
}
