import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepPlan } from '../../../main/store/plans.ts';
import {
  auditOpen,
  auditRecord,
  findingLimit,
  type Audit,
  type Living,
} from '../../../main/store/audit.ts';
import { auditInThread, isSoundInThread } from '../../../main/store/audit-thread.ts';
import {
  endRun,
  markRunRunning,
  noCounts,
  startRun,
  type RunEnd,
} from '../../../main/store/runs.ts';
import { setHandledUntil } from '../../../main/store/handled.ts';
import { endSlot, markSlotRunning, startSlot } from '../../../main/store/slots.ts';
import { damageLeaf } from '../../support/damage.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';

let store: TestStore;

beforeEach(() => {
  store = openTestStore();
  setHandledUntil(store.db, [store.schedule()], 60_000);
  keepPlan(store.db, { hash: 'office', document: '{"hours":"a-hash"}' });
});
afterEach(() => {
  store.close();
});

const success: RunEnd = {
  outcome: 'success',
  reason: null,
  message: null,
  endedAtMs: 9_000,
  durationMs: 1_000,
  counts: { ...noCounts, rows: 3, new: 1, changed: 1, same: 1, gone: 2 },
  bytes: 10,
};
const skipped = { outcome: 'skipped', reason: 'paused' } as const;

/** A slot carried out: its row, its attempt, both ended. Answers both numbers. */
function ran(given: Parameters<TestStore['slot']>[0] = {}, end: Partial<RunEnd> = {}) {
  const slot = store.slot(given) ?? 0;
  const run = store.run({ slot, cause: 'slot' });
  const window = { openedAtMs: given.openedAtMs ?? null, closesAtMs: given.closesAtMs ?? null };
  startSlot(store.db, slot, { startedAtMs: 8_000, ...window });
  startRun(store.db, run, 8_000);
  endRun(store.db, run, { ...success, ...end });
  endSlot(store.db, slot, { ...success, ...end });
  return { slot, run };
}

/** Breaks the ledger as no Jackdaw would: without keys and checks. */
function breakIt(sql: string): void {
  store.db.pragma('foreign_keys = OFF');
  store.db.pragma('ignore_check_constraints = ON');
  store.db.exec(sql);
}

function codes({ findings }: Audit): readonly string[] {
  return findings.map(({ code }) => code);
}

describe('store/audit: a ledger that adds up', () => {
  it('has no finding where there is nothing, or all is well', () => {
    const nothing = { findings: [], total: 0 };
    expect(auditRecord(store.db)).toEqual(nothing);
    ran({ slotAtMs: 5_000, nextSlotAtMs: 6_000, plan: 'office', openedAtMs: 1, closesAtMs: 8_001 });
    store.slot({ ...skipped, slotAtMs: 7_000, firstSlotAtMs: 6_000, coalesced: 2, plan: 'office' });
    ran({ slotAtMs: 7_500, cause: 'chain' });
    store.run();
    expect(auditRecord(store.db)).toEqual(nothing);
  });

  it('lets a plan change, and slots counted anew, lie between two rows', () => {
    store.slot({ ...skipped, slotAtMs: 5_000, nextSlotAtMs: 6_000 });
    store.slot({ ...skipped, slotAtMs: 6_500, nextSlotAtMs: 7_000, plan: 'office' });
    store.slot({ ...skipped, slotAtMs: 9_000, nextSlotAtMs: null, plan: 'office' });
    expect(codes(auditRecord(store.db))).toEqual(['gap']);
    for (const [at, clean] of [
      [6_500, false],
      [6_501, true],
      [9_000, true],
      [9_001, false],
    ] as const) {
      store.db.prepare("INSERT INTO counted_from VALUES (1, ?, 'moved')").run(at);
      expect([at, auditRecord(store.db).total === 0]).toEqual([at, clean]);
      store.db.prepare('DELETE FROM counted_from').run();
    }
  });

  it('doesn’t judge the gaps of an older Jackdaw', () => {
    store.slot({ ...skipped, slotAtMs: 5_000, nextSlotAtMs: 6_000 });
    store.slot({ ...skipped, slotAtMs: 7_000, nextSlotAtMs: 8_000 });
    store.slot({ ...skipped, slotAtMs: 9_000 });
    store.db.exec("INSERT INTO counted_from VALUES (1, 7000, 'upgraded')");
    expect(auditRecord(store.db).findings.map(({ slotAtMs }) => slotAtMs)).toEqual([9_000]);
  });

  it('lets rows from before the clock was set back lie ahead of slots to come', () => {
    store.slot({ ...skipped, slotAtMs: 5_000, nextSlotAtMs: 6_000 });
    store.slot({ ...skipped, slotAtMs: 9_000 });
    expect(codes(auditRecord(store.db))).toEqual(['gap']);
    setHandledUntil(store.db, [1], 5_500);
    expect(auditRecord(store.db).total).toBe(0);
  });

  it('lets slots run that a clock ahead of time had put into one row, once it is set right', () => {
    const wide = { ...skipped, slotAtMs: 9_000, firstSlotAtMs: 5_000, coalesced: 3 };
    store.slot({ ...wide, recordedAtMs: 9_100 });
    store.slot({ ...skipped, slotAtMs: 7_000, recordedAtMs: 7_000 });
    expect(auditRecord(store.db).total).toBe(0);
    store.db.exec('UPDATE slots SET recorded_at = 9200 WHERE slot = 2');
    expect(codes(auditRecord(store.db))).toEqual(['covered-twice']);
  });

  it('lets a backlog that was too long to count end anywhere', () => {
    const long = {
      ...skipped,
      slotAtMs: 200_000_000,
      firstSlotAtMs: 5_000,
      nextSlotAtMs: 200_002_000,
    };
    setHandledUntil(store.db, [1], 500_000_000);
    store.slot({ ...long, coalesced: 99_900 });
    store.slot({ ...skipped, slotAtMs: 400_000_000 });
    expect(auditRecord(store.db).total).toBe(0);
    store.db.exec('UPDATE slots SET coalesced = 99899 WHERE slot = 1');
    expect(codes(auditRecord(store.db))).toEqual(['gap']);
  });

  it('lets a good run outlast its slot: old history goes, and what is compared with stays', () => {
    const { slot } = ran();
    store.db.exec('UPDATE runs SET slot = NULL');
    store.db.prepare('DELETE FROM slots WHERE slot = ?').run(slot);
    expect(auditRecord(store.db).total).toBe(0);
    store.db.exec("UPDATE runs SET outcome = 'partial'");
    expect(codes(auditRecord(store.db))).toEqual(['run-without-slot']);
    store.db.exec('UPDATE runs SET rows_of = run');
    expect(auditRecord(store.db).total).toBe(0);
  });

  it('lets a run end before its start where the clock was set back', () => {
    ran({}, { endedAtMs: 8_000 - 3_600_000 });
    expect(codes(auditRecord(store.db))).toEqual(['run-times']);
    store.db.prepare("INSERT INTO counted_from VALUES (1, ?, 'clock')").run(8_000 - 3_600_500);
    expect(auditRecord(store.db).total).toBe(0);
  });

  it('lets rows of another plan lie in the range of a coalesced one: they are other slots', () => {
    store.slot({ ...skipped, slotAtMs: 9_000, firstSlotAtMs: 5_000, coalesced: 3 });
    store.slot({ ...skipped, slotAtMs: 7_000, plan: 'office' });
    expect(auditRecord(store.db).total).toBe(0);
  });
});

/** Ledgers, each broken in one way, with what the audit says of it. */
const broken: readonly (readonly [code: string, says: string, breaks: () => void])[] = [
  [
    'duplicate-slot',
    'posts, slot 1970-01-01T00:00:05Z: this slot has 2 rows.',
    () => {
      store.slot(skipped);
      // What is copied takes neither the unique key along nor the triggers that count.
      breakIt(`CREATE TABLE copy AS SELECT * FROM slots; DROP TABLE slots;
        ALTER TABLE copy RENAME TO slots; INSERT INTO slots SELECT * FROM slots;
        UPDATE quarters SET count = 2; UPDATE quarters_of_all SET count = 2`);
    },
  ],
  [
    'covered-twice',
    'posts, slot 1970-01-01T00:00:07Z: the row that stands for the slots from 1970-01-01T00:00:05Z to 1970-01-01T00:00:09Z covers this one again.',
    () => {
      const wide = { ...skipped, slotAtMs: 9_000, firstSlotAtMs: 5_000, coalesced: 3 };
      store.slot({ ...wide, recordedAtMs: 9_000 });
      store.slot({ ...skipped, slotAtMs: 7_000, recordedAtMs: 9_000 });
    },
  ],
  [
    'gap',
    'posts, slot 1970-01-01T00:00:08Z: the row before names 1970-01-01T00:00:06Z as the next, and this one begins at 1970-01-01T00:00:07Z.',
    () => {
      store.slot({ ...skipped, slotAtMs: 5_000, nextSlotAtMs: 6_000 });
      store.slot({ ...skipped, slotAtMs: 5_500, cause: 'chain', nextSlotAtMs: 7_000 });
      store.slot({ ...skipped, slotAtMs: 8_000, firstSlotAtMs: 7_000, coalesced: 2 });
    },
  ],
  [
    'gap',
    'posts, slot 1970-01-01T00:00:08Z: the row before names no slot as the next, and this one begins at 1970-01-01T00:00:08Z.',
    () => {
      store.slot({ ...skipped, slotAtMs: 5_000, nextSlotAtMs: null });
      store.slot({ ...skipped, slotAtMs: 8_000 });
    },
  ],
  [
    'outside-hours',
    'posts, slot 1970-01-01T00:00:05Z: it started at 1970-01-01T00:00:08Z, outside the open hours its row names.',
    () => ran({ plan: 'office', openedAtMs: 1_000, closesAtMs: 8_000 }),
  ],
  [
    'outside-hours',
    'posts, slot 1970-01-01T00:00:05Z: it started at 1970-01-01T00:00:08Z, outside the open hours its row names.',
    () => ran({ plan: 'office', openedAtMs: 8_001, closesAtMs: null }),
  ],
  [
    'no-window',
    'posts, slot 1970-01-01T00:00:05Z: it started at 1970-01-01T00:00:08Z, and its row names no open hours although its plan has some.',
    () => ran({ plan: 'office' }),
  ],
  [
    'no-plan',
    'posts, slot 1970-01-01T00:00:05Z: the plan it was judged by is missing or can’t be read.',
    () => {
      store.slot(skipped);
      breakIt("UPDATE slots SET plan = 'lost'");
    },
  ],
  [
    'no-plan',
    'posts, slot 1970-01-01T00:00:05Z: the plan it was judged by is missing or can’t be read.',
    () => {
      store.slot(skipped);
      breakIt("UPDATE plans SET document = '{'");
    },
  ],
  [
    'run-without-slot',
    'posts, run 1: a run that nobody asked for carries out no slot.',
    () => store.run({ cause: 'slot' }),
  ],
  [
    'run-without-slot',
    'posts, slot 1970-01-01T00:00:05Z, run 1: a manual run carries out a slot.',
    () => store.run({ slot: store.slot() }),
  ],
  [
    'coalesced',
    'posts, slot 1970-01-01T00:00:05Z: a row from 1970-01-01T00:00:05Z on can’t stand for 0 slots.',
    () => {
      store.slot(skipped);
      breakIt('UPDATE slots SET coalesced = 0');
    },
  ],
  [
    'coalesced',
    'posts, slot 1970-01-01T00:00:05Z: a row from 1970-01-01T00:00:06Z on can’t stand for 2 slots.',
    () => store.slot({ ...skipped, firstSlotAtMs: 6_000, coalesced: 2 }),
  ],
  [
    'coalesced',
    'posts, slot 1970-01-01T00:00:05Z: a row from 1970-01-01T00:00:04Z on can’t stand for 1 slots.',
    () => store.slot({ ...skipped, firstSlotAtMs: 4_000 }),
  ],
  [
    'coalesced',
    'posts, slot 1970-01-01T00:00:05Z: a row from 1970-01-01T00:00:04Z on can’t stand for 3 slots.',
    () => store.slot({ ...skipped, firstSlotAtMs: 4_000, coalesced: 3 }),
  ],
  [
    'slot-state',
    'posts, slot 1970-01-01T00:00:05Z: state, outcome and reason don’t go together (ended, no outcome).',
    () => {
      store.slot(skipped);
      breakIt('UPDATE slots SET outcome = NULL, reason = NULL');
    },
  ],
  [
    'slot-state',
    'posts, slot 1970-01-01T00:00:05Z: state, outcome and reason don’t go together (waiting-retry, no outcome).',
    () => {
      store.slot();
      breakIt("UPDATE slots SET state = 'waiting-retry'");
    },
  ],
  [
    'slot-state',
    'posts, slot 1970-01-01T00:00:05Z: state, outcome and reason don’t go together (ended, missed).',
    () => store.slot({ outcome: 'missed', reason: 'overlap' }),
  ],
  [
    'slot-state',
    'posts, slot 1970-01-01T00:00:05Z: state, outcome and reason don’t go together (ended, skipped).',
    () => store.slot({ outcome: 'skipped' }),
  ],
  [
    'run-state',
    'posts, run 1: its state, times, outcome and reason don’t go together (ended, no outcome).',
    () => {
      store.run();
      breakIt("UPDATE runs SET state = 'ended', ended_at = 9000");
    },
  ],
  [
    'run-state',
    'posts, run 1: its state, times, outcome and reason don’t go together (running, no outcome).',
    () => {
      store.run();
      breakIt("UPDATE runs SET state = 'running'");
    },
  ],
  [
    'run-state',
    'posts, run 1: its state, times, outcome and reason don’t go together (ended, success).',
    () => endRun(store.db, store.run(), success),
  ],
  [
    'last-attempt',
    'posts, slot 1970-01-01T00:00:05Z: it ended as success, and its last attempt as failed.',
    () => {
      const { slot } = ran();
      const again = store.run({ slot, cause: 'retry', attempt: 2 });
      startRun(store.db, again, 8_500);
      endRun(store.db, again, { ...success, outcome: 'failed' });
    },
  ],
  [
    'no-attempt',
    'posts, slot 1970-01-01T00:00:05Z: it was started, and no attempt of it is on record.',
    () => {
      ran();
      breakIt('DELETE FROM runs');
    },
  ],
  [
    'orphan',
    '#7, run 1: it belongs to no schedule or slot that there is.',
    () => {
      store.run();
      breakIt('UPDATE runs SET schedule = 7');
    },
  ],
  [
    'orphan',
    '#7, slot 1970-01-01T00:00:05Z: it belongs to no schedule or slot that there is.',
    () => {
      store.slot(skipped);
      breakIt('UPDATE slots SET schedule = 7');
    },
  ],
  [
    'orphan',
    'posts, run 1: it belongs to no schedule or slot that there is.',
    () => {
      ran();
      breakIt('UPDATE runs SET slot = 7; DELETE FROM slots');
    },
  ],
  [
    'orphan',
    'posts, slot 1970-01-01T00:00:05Z, run 1: it belongs to no schedule or slot that there is.',
    () => {
      store.schedule({ id: 'other' });
      store.run({ slot: store.slot({ schedule: 2 }), cause: 'slot' });
    },
  ],
  [
    'run-times',
    'posts, slot 1970-01-01T00:00:05Z, run 1: it started at 1970-01-01T00:00:08Z, ended at 1970-01-01T00:00:09Z, and no clock was set back so far.',
    () => ran({}, { durationMs: -1 }),
  ],
  [
    'counts',
    'posts, slot 1970-01-01T00:00:05Z, run 1: it counts 3 rows, of which 2 are new, changed or the same.',
    () => ran({}, { counts: { ...success.counts, same: 0 } }),
  ],
  [
    'counts',
    'posts, slot 1970-01-01T00:00:05Z, run 1: it counts 3 rows, of which 3 are new, changed or the same.',
    () => ran({}, { bytes: -1 }),
  ],
];

describe('store/audit: a broken ledger', () => {
  it.each(broken)('finds %s: %s', (code, says, breaks) => {
    breaks();
    const { findings, total } = auditRecord(store.db);
    expect([total, findings.map((finding) => [finding.code, finding.message])]).toEqual([
      1,
      [[code, says]],
    ]);
  });

  it('says whose and which slot, and keeps the first findings of many', () => {
    for (let count = 1; count <= 50; count += 1)
      store.slot({
        outcome: 'missed',
        slotAtMs: count * 1_000,
        nextSlotAtMs: (count + 1) * 1_000,
      });
    const { findings, total } = auditRecord(store.db);
    expect([total, findings.length]).toEqual([50, findingLimit]);
    expect(findings[0]).toMatchObject({ code: 'slot-state', schedule: 'posts', slotAtMs: 1_000 });
  });

  it('says so of instants that no calendar has', () => {
    store.slot({ ...skipped, slotAtMs: 9e18, firstSlotAtMs: 9e18, outcome: 'missed' });
    expect(auditRecord(store.db).findings[0]).toMatchObject({
      slotAtMs: null,
      message: expect.stringContaining('no instant') as string,
    });
  });

  it('is found by the thread that reads beside the writer', async () => {
    store.slot({ outcome: 'missed' });
    expect(await auditInThread(store.folder)).toEqual(auditRecord(store.db));
    await expect(auditInThread(`${store.folder}/none`)).rejects.toThrow('directory does not exist');
  });
});

describe('store/audit-thread', () => {
  it('says whether SQLite finds a file sound, and why it can’t be read', async () => {
    expect(await isSoundInThread(store.folder)).toBe(true);
    damageLeaf(store.folder, 'robots');
    expect(await isSoundInThread(store.folder)).toBe(false);
    await expect(isSoundInThread(`${store.folder}/none`)).rejects.toThrow('does not exist');
  });
});

describe('store/audit: what is open', () => {
  const living: Living = { epoch: 1, goesOn: (run) => run === 1 };
  const nobody: Living = { epoch: 1, goesOn: () => false };
  const outranked: Living = { epoch: 2, goesOn: () => true };

  function going(): void {
    const slot = store.slot() ?? 0;
    const run = store.run({ slot, cause: 'slot' });
    startSlot(store.db, slot, { startedAtMs: 8_000, openedAtMs: null, closesAtMs: null });
    startRun(store.db, run, 8_000);
    markSlotRunning(store.db, slot);
    markRunRunning(store.db, run);
  }

  it('belongs to the living leader, or is stuck', () => {
    going();
    expect(auditOpen(store.db, living)).toEqual({ findings: [], total: 0 });
    for (const dead of [nobody, outranked, null])
      expect(auditOpen(store.db, dead)).toMatchObject({
        total: 1,
        findings: [
          {
            code: 'stuck-run',
            message:
              'posts, slot 1970-01-01T00:00:05Z, run 1: it is running, and no living process carries it out.',
          },
        ],
      });
  });

  it('may wait in the queue of the leader that entered it', () => {
    store.run({ slot: store.slot(), cause: 'slot' });
    expect(auditOpen(store.db, nobody).total).toBe(0);
    expect(codes(auditOpen(store.db, outranked))).toEqual(['stuck-run']);
  });

  it('may wait for a retry without an attempt, and for nothing else', () => {
    const slot = store.slot() ?? 0;
    expect(auditOpen(store.db, living)).toMatchObject({
      total: 1,
      findings: [
        {
          code: 'stuck-slot',
          message: 'posts, slot 1970-01-01T00:00:05Z: it is queued, and no attempt of it goes on.',
        },
      ],
    });
    store.db.exec(`UPDATE slots SET state = 'waiting-retry', retry_at = 9000 WHERE slot = ${slot}`);
    expect(auditOpen(store.db, null).total).toBe(0);
  });

  it('doesn’t outlive its slot', () => {
    going();
    endSlot(store.db, 1, success);
    expect(auditOpen(store.db, living)).toMatchObject({
      total: 1,
      findings: [{ code: 'run-after-end' }],
    });
  });
});
