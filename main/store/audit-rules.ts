/** What a rule finds: a row of the ledger that can't be, with the instants or words its sentence needs. */
export interface Offence {
  /** The schedule's id; its number with a `#` where the schedule is gone. */
  readonly schedule: string;
  readonly slotAt: number | null;
  readonly run: number | null;
  /** What the sentence needs besides; each rule says what it is. */
  readonly first: number | string | null;
  readonly second: number | string | null;
}

/** One rule of the ledger: a query that answers the rows that break it, and the sentence about such a row. */
export interface Rule {
  /** Stable, for scripts. */
  readonly code: string;
  readonly sql: string;
  /** The sentence; `instant` writes an instant of the offence. */
  readonly say: (offence: Offence, instant: (atMs: number | string | null) => string) => string;
}

/** The query of a rule over slots: the columns of an `Offence`, then what it is about. */
function ofSlots(first: string, second: string, from: string): string {
  return `SELECT coalesce(schedules.id, '#' || slots.schedule) AS schedule, slots.slot_at AS slotAt,
    NULL AS run, ${first} AS first, ${second} AS second
  FROM ${from}`;
}

/** The same over runs. */
function ofRuns(first: string, second: string, where: string): string {
  return `SELECT coalesce(schedules.id, '#' || runs.schedule) AS schedule, slots.slot_at AS slotAt,
    runs.run AS run, ${first} AS first, ${second} AS second
  FROM runs LEFT JOIN schedules ON schedules.number = runs.schedule
    LEFT JOIN slots ON slots.slot = runs.slot
  WHERE ${where}`;
}

const slotsAndSchedules = 'slots LEFT JOIN schedules ON schedules.number = slots.schedule';

/** The reasons there are for what never started (design.md section 4). */
function strayReason(table: string): string {
  return `(${table}.outcome = 'skipped' AND coalesce(${table}.reason, '') NOT IN
      ('overlap', 'paused', 'enough', 'condition', 'closed-at-start')
    OR ${table}.outcome = 'missed' AND coalesce(${table}.reason, '') NOT IN
      ('asleep', 'not-running', 'closed', 'past-grace'))`;
}

/** A first slot after the clock was set back comes within so long: a day, for all but rhythms of days. */
const setBackWithinMs = 25 * 3_600_000;

/** Nothing twice, nothing left out. */
const onceEach: readonly Rule[] = [
  {
    code: 'duplicate-slot',
    sql: ofSlots(
      'count(*)',
      'NULL',
      `${slotsAndSchedules} GROUP BY slots.schedule, slots.slot_at HAVING count(*) > 1`,
    ),
    say: ({ first }) => `this slot has ${String(first)} rows`,
  },
  {
    // Under another plan what lies in the range are other slots. One entered later, and yet at an earlier
    // time, comes of a clock that was ahead and was set right: the range told of slots that were to come.
    // And a range that begins right where the clock was set back to goes over what was judged before.
    code: 'covered-twice',
    sql: ofSlots(
      'wide.first_slot_at',
      'wide.slot_at',
      `slots AS wide JOIN slots ON slots.schedule = wide.schedule AND slots.plan = wide.plan
         AND slots.slot_at >= wide.first_slot_at AND slots.slot_at < wide.slot_at
       LEFT JOIN schedules ON schedules.number = slots.schedule
       WHERE wide.first_slot_at < wide.slot_at
         AND NOT (slots.slot > wide.slot AND slots.recorded_at < wide.recorded_at)
         AND NOT (slots.slot < wide.slot AND EXISTS (SELECT 1 FROM counted_from AS back
           WHERE back.schedule = wide.schedule AND back.why = 'clock'
             AND back.at BETWEEN wide.first_slot_at - ${String(setBackWithinMs)} AND wide.first_slot_at))`,
    ),
    say: ({ first, second }, instant) =>
      `the row that stands for the slots from ${instant(first)} to ${instant(second)} covers this one again`,
  },
  {
    // A promised slot that hasn't come yet lies before rows from before the clock was set back. What was
    // counted to the limit of rule 10, with the newest hundred in rows of their own, ends where it ends.
    code: 'gap',
    sql: `WITH planned AS (
      SELECT schedule, slot_at, first_slot_at, plan, lag(slot_at) OVER neighbours AS before_at,
        lag(next_slot_at) OVER neighbours AS promised_at, lag(plan) OVER neighbours AS before_plan,
        lag(coalesced) OVER neighbours AS before_coalesced
      FROM slots WHERE cause <> 'chain'
      WINDOW neighbours AS (PARTITION BY schedule ORDER BY slot_at)
    )
    SELECT coalesce(schedules.id, '#' || slots.schedule) AS schedule, slots.slot_at AS slotAt, NULL AS run,
      promised_at AS first, first_slot_at AS second
    FROM planned AS slots LEFT JOIN schedules ON schedules.number = slots.schedule
      LEFT JOIN handled ON handled.schedule = slots.schedule
    WHERE plan = before_plan AND before_at < first_slot_at AND promised_at IS NOT first_slot_at
      AND before_coalesced < 99900 AND NOT coalesce(promised_at > handled.until, 0)
      AND NOT EXISTS (SELECT 1 FROM counted_from AS anew WHERE anew.schedule = slots.schedule
        AND anew.at > before_at AND (anew.at <= first_slot_at OR anew.why = 'upgraded'))`,
    say: ({ first, second }, instant) =>
      `the row before names ${first === null ? 'no slot' : instant(first)} as the next, and this one begins at ${instant(second)}`,
  },
];

/** Nothing outside the hours. */
const insideHours: readonly Rule[] = [
  {
    code: 'outside-hours',
    sql: ofSlots(
      'slots.started_at',
      'NULL',
      `${slotsAndSchedules} WHERE slots.opened_at IS NOT NULL AND (slots.started_at < slots.opened_at
         OR slots.started_at >= slots.closes_at)`,
    ),
    say: ({ first }, instant) =>
      `it started at ${instant(first)}, outside the open hours its row names`,
  },
  {
    // Hours without a closing in sight have an opening all the same.
    code: 'no-window',
    sql: ofSlots(
      'slots.started_at',
      'NULL',
      `${slotsAndSchedules} WHERE slots.started_at IS NOT NULL AND slots.opened_at IS NULL
         AND slots.plan IN (SELECT hash FROM plans WHERE iif(json_valid(document),
           json_extract(document, '$.hours') IS NOT NULL, 0))`,
    ),
    say: ({ first }, instant) =>
      `it started at ${instant(first)}, and its row names no open hours although its plan has some`,
  },
  {
    code: 'no-plan',
    sql: ofSlots(
      'slots.plan',
      'NULL',
      `${slotsAndSchedules} LEFT JOIN plans ON plans.hash = slots.plan
       WHERE plans.hash IS NULL OR NOT json_valid(plans.document)`,
    ),
    say: () => 'the plan it was judged by is missing or can’t be read',
  },
  {
    // Where old history has gone, a good run stays, or one whose rows others point at; their slots don't.
    code: 'run-without-slot',
    sql: ofRuns(
      'runs.cause',
      'NULL',
      `runs.cause = 'manual' AND runs.slot IS NOT NULL OR runs.cause <> 'manual' AND runs.slot IS NULL
         AND runs.outcome IS NOT 'success' AND runs.rows_of IS NULL`,
    ),
    say: ({ first }) =>
      first === 'manual'
        ? 'a manual run carries out a slot'
        : 'a run that nobody asked for carries out no slot',
  },
];

/** A run's end on the wall clock may be before its start only where the clock was set back meanwhile. */
const endsBeforeStart = `runs.ended_at < runs.started_at - 60000 AND runs.duration_ms IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM counted_from AS back WHERE back.why = 'clock'
    AND back.at BETWEEN runs.ended_at - runs.duration_ms - 60000 AND runs.ended_at + 60000)`;

/** Every row fits itself, and the rows it belongs to. */
const consistent: readonly Rule[] = [
  {
    code: 'coalesced',
    sql: ofSlots(
      'slots.coalesced',
      'slots.first_slot_at',
      `${slotsAndSchedules} WHERE slots.coalesced < 1 OR slots.first_slot_at > slots.slot_at
         OR (slots.coalesced = 1) <> (slots.first_slot_at = slots.slot_at)
         OR slots.coalesced > 1 + (slots.slot_at - slots.first_slot_at) / 1000`,
    ),
    say: ({ first, second }, instant) =>
      `a row from ${instant(second)} on can’t stand for ${String(first)} slots`,
  },
  {
    code: 'slot-state',
    sql: ofSlots(
      'slots.state',
      'slots.outcome',
      `${slotsAndSchedules} WHERE (slots.state = 'ended') <> (slots.outcome IS NOT NULL)
         OR (slots.state = 'waiting-retry') <> (slots.retry_at IS NOT NULL)
         OR slots.state IN ('starting', 'running') AND slots.started_at IS NULL
         OR ${strayReason('slots')}`,
    ),
    say: ({ first, second }) =>
      `state, outcome and reason don’t go together (${String(first)}, ${String(second ?? 'no outcome')})`,
  },
  {
    code: 'run-state',
    sql: ofRuns(
      'runs.state',
      'runs.outcome',
      `(runs.state = 'ended') <> (runs.outcome IS NOT NULL)
         OR (runs.state = 'ended') <> (runs.ended_at IS NOT NULL)
         OR runs.started_at IS NULL AND (runs.state IN ('starting', 'running')
           OR runs.outcome NOT IN ('cancelled', 'skipped', 'missed'))
         OR ${strayReason('runs')}`,
    ),
    say: ({ first, second }) =>
      `its state, times, outcome and reason don’t go together (${String(first)}, ${String(second ?? 'no outcome')})`,
  },
  {
    code: 'last-attempt',
    sql: ofSlots(
      'slots.outcome',
      'runs.outcome',
      `${slotsAndSchedules} JOIN runs
         ON runs.run = (SELECT max(run) FROM runs AS attempt WHERE attempt.slot = slots.slot)
       WHERE slots.state = 'ended' AND runs.state = 'ended' AND slots.outcome IS NOT runs.outcome`,
    ),
    say: ({ first, second }) =>
      `it ended as ${String(first)}, and its last attempt as ${String(second)}`,
  },
  {
    code: 'no-attempt',
    sql: ofSlots(
      'slots.outcome',
      'NULL',
      `${slotsAndSchedules} WHERE (slots.attempts > 0 OR slots.outcome NOT IN ('cancelled', 'skipped', 'missed'))
         AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.slot = slots.slot)`,
    ),
    say: () => 'it was started, and no attempt of it is on record',
  },
  {
    code: 'orphan',
    sql: `${ofRuns(
      'runs.schedule',
      'NULL',
      `schedules.number IS NULL OR runs.slot IS NOT NULL AND
         (slots.slot IS NULL OR slots.schedule <> runs.schedule)`,
    )} UNION ALL ${ofSlots('slots.schedule', 'NULL', `${slotsAndSchedules} WHERE schedules.number IS NULL`)}`,
    say: () => 'it belongs to no schedule or slot that there is',
  },
  {
    code: 'run-times',
    sql: ofRuns('runs.started_at', 'runs.ended_at', `runs.duration_ms < 0 OR (${endsBeforeStart})`),
    say: ({ first, second }, instant) =>
      `it started at ${instant(first)}, ended at ${instant(second)}, and no clock was set back so far`,
  },
  {
    code: 'counts',
    sql: ofRuns(
      'runs.row_count',
      'runs.new_count + runs.changed_count + runs.same_count',
      `min(runs.pages, runs.not_modified, runs.row_count, runs.new_count, runs.changed_count,
         runs.gone_count, runs.same_count, runs.bytes) < 0
       OR runs.new_count + runs.changed_count + runs.same_count <> runs.row_count`,
    ),
    say: ({ first, second }) =>
      `it counts ${String(first)} rows, of which ${String(second)} are new, changed or the same`,
  },
];

/** The rules of what is on record, whoever lives. */
export const recordRules: readonly Rule[] = [...onceEach, ...insideHours, ...consistent];

/** The rule of slots that go on: each but one that waits for its retry has an attempt that is open. */
export const openSlotRule: Rule = {
  code: 'stuck-slot',
  sql: ofSlots(
    'slots.state',
    'NULL',
    `${slotsAndSchedules} WHERE slots.state <> 'ended' AND slots.state <> 'waiting-retry' AND NOT EXISTS
       (SELECT 1 FROM runs WHERE runs.slot = slots.slot AND runs.state <> 'ended')`,
  ),
  say: ({ first }) => `it is ${String(first)}, and no attempt of it goes on`,
};

/** The runs that are open, with their state and their leader's epoch; whoever reads them knows who lives. */
export const openRunRule: Rule = {
  code: 'stuck-run',
  sql: ofRuns('runs.state', 'runs.epoch', "runs.state <> 'ended'"),
  say: ({ first }) => `it is ${String(first)}, and no living process carries it out`,
};

/** The rule of runs that are open although their slot has ended. */
export const lateRunRule: Rule = {
  code: 'run-after-end',
  sql: ofRuns('runs.state', 'NULL', "runs.state <> 'ended' AND slots.state = 'ended'"),
  say: ({ first }) => `it is ${String(first)}, and its slot has ended`,
};
