import type { Rule } from './audit-rules.ts';
import { quarterMs } from './quarters.ts';

const quarterAt = `recorded_at - recorded_at % ${String(quarterMs)}`;

/** The sums of the history's chart as its rows give them. */
const counted = `counted AS (
  SELECT schedule, quarter_at, outcome, count(*) AS count FROM (
    SELECT schedule, ${quarterAt} AS quarter_at, outcome FROM runs
    WHERE outcome IS NOT NULL
    UNION ALL SELECT schedule, ${quarterAt}, outcome FROM slots
    WHERE ended_at_once = 1 AND outcome IS NOT NULL
  ) GROUP BY schedule, quarter_at, outcome
)`;

/** What differs, as the words of the sentence: how many are counted, and how many there are. */
function words(outcome: string, kept: string, rows: string): string {
  return `coalesce(${kept}, 0) || ' as ' || ${outcome} || ', and there are ' || coalesce(${rows}, 0)`;
}

const sayQuarter: Rule['say'] = ({ first, second }, instant) =>
  `of the quarter of an hour from ${instant(first)} the chart counts ${String(second)}`;

/** The rules of what the history leaves out or counts: its flag on slots, and the sums of its chart. */
export const historyRules: readonly Rule[] = [
  {
    code: 'ended-at-once',
    sql: `SELECT coalesce(schedules.id, '#' || slots.schedule) AS schedule, slots.slot_at AS slotAt,
        NULL AS run, ended_at_once AS first, NULL AS second
      FROM slots LEFT JOIN schedules ON schedules.number = slots.schedule
      WHERE ended_at_once <> (attempts = 0 AND state = 'ended'
        AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.slot = slots.slot))`,
    say: ({ first }) =>
      first === 1
        ? 'it has an attempt, and the history shows it as one without'
        : 'it has no attempt, and the history leaves it out',
  },
  {
    code: 'quarter-counts',
    sql: `WITH ${counted}, differing AS (
        SELECT coalesce(counted.schedule, quarters.schedule) AS schedule,
          coalesce(counted.quarter_at, quarters.quarter_at) AS at,
          ${words('coalesce(counted.outcome, quarters.outcome)', 'quarters.count', 'counted.count')} AS words
        FROM counted FULL JOIN quarters ON quarters.schedule = counted.schedule
          AND quarters.quarter_at = counted.quarter_at AND quarters.outcome = counted.outcome
        WHERE counted.count IS NOT quarters.count
      )
      SELECT coalesce(schedules.id, '#' || differing.schedule) AS schedule, NULL AS slotAt, NULL AS run,
        at AS first, words AS second
      FROM differing LEFT JOIN schedules ON schedules.number = differing.schedule`,
    say: sayQuarter,
  },
  {
    code: 'quarter-totals',
    sql: `WITH counted AS (
        SELECT quarter_at, outcome, sum(count) AS count FROM quarters GROUP BY quarter_at, outcome
      )
      SELECT 'all schedules' AS schedule, NULL AS slotAt, NULL AS run,
        coalesce(counted.quarter_at, kept.quarter_at) AS first,
        ${words('coalesce(counted.outcome, kept.outcome)', 'kept.count', 'counted.count')} AS second
      FROM counted FULL JOIN quarters_of_all AS kept
        ON kept.quarter_at = counted.quarter_at AND kept.outcome = counted.outcome
      WHERE counted.count IS NOT kept.count`,
    say: sayQuarter,
  },
];
