interface Edit {
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}

/** One place of the product, broken. */
export interface Mutant {
  /** What is broken, for the table. */
  readonly breaks: string;
  /** Made together, each in another file. */
  readonly edits: readonly Edit[];
  /** Files or folders of tests, of which one must fail. */
  readonly tests: readonly string[];
}

const scheduler = ['test/unit/scheduler', 'test/unit/app.test.ts'];

/**
 * The product broken in one place at a time: what each promise rests on. `npm run test:mutants` does it
 * in a copy and sees whether the named tests notice.
 */
export const mutants: readonly Mutant[] = [
  {
    breaks: 'the window test: every instant is inside the hours',
    edits: [
      {
        file: 'main/schedule/active-hours.ts',
        find: 'return isInWindows(open, zone, second) && closedSpanAt(open.events, zone, second) === null;',
        replace: 'return true;',
      },
    ],
    tests: ['test/unit/schedule/active-hours.test.ts', 'test/unit/schedule/next-slots.test.ts'],
  },
  {
    breaks: 'the window test at the start: what waited for its turn runs after the close',
    edits: [
      {
        file: 'main/scheduler/judge-start.ts',
        find: 'if (!isOpenAt(plan, nowMs)) {',
        replace: 'if (nowMs < 0) {',
      },
    ],
    tests: scheduler,
  },
  {
    breaks: 'the unique key: a slot may have two rows',
    edits: [
      {
        file: 'main/store/migrations.ts',
        find: '  UNIQUE (schedule, slot_at),\n',
        replace: '',
      },
      {
        file: 'main/store/slots.ts',
        find: 'ON CONFLICT (schedule, slot_at) DO NOTHING RETURNING',
        replace: 'ON CONFLICT DO NOTHING RETURNING',
      },
    ],
    tests: ['test/unit/store', 'test/unit/scheduler'],
  },
  {
    breaks: 'the leader’s lock: everybody gets it',
    edits: [
      {
        file: 'main/store/leader-lock.ts',
        find: "db.exec('BEGIN EXCLUSIVE')",
        replace: "db.exec('BEGIN')",
      },
    ],
    tests: ['test/unit/store/leader-lock.test.ts', 'test/unit/host/host.test.ts'],
  },
  {
    breaks: 'the leader’s epoch: one that was outranked goes on claiming',
    edits: [
      {
        file: 'main/scheduler/rounds.ts',
        find: 'if (readEpoch(db) === epoch) return;',
        replace: 'if (readEpoch(db) >= epoch) return;',
      },
    ],
    tests: scheduler,
  },
  {
    breaks: 'the sender check of the window’s channel: a frame in the window passes',
    edits: [
      {
        file: 'main/desktop/sender.ts',
        find: 'return frame.parent === null && frame.origin === ownOrigin;',
        replace: 'return frame.origin === ownOrigin;',
      },
    ],
    tests: ['test/unit/desktop/sender.test.ts'],
  },
  {
    breaks: 'the sender check of the loopback: any site’s page passes',
    edits: [
      {
        file: 'main/web/guard.ts',
        find: 'if (origin === undefined) return true;',
        replace: 'if (origin !== null) return true;',
      },
    ],
    tests: ['test/unit/web'],
  },
  {
    breaks: 'the loopback’s token: any will do',
    edits: [
      {
        file: 'main/web/guard.ts',
        find: 'return timingSafeEqual(digest(offered), digest(token));',
        replace: 'return timingSafeEqual(digest(token), digest(token));',
      },
    ],
    tests: ['test/unit/web'],
  },
  {
    breaks: 'the durable claim: commits that the disk need not have',
    edits: [
      {
        file: 'main/store/database.ts',
        find: "    db.pragma('journal_mode = WAL');\n    db.pragma('synchronous = FULL');",
        replace: "    db.pragma('journal_mode = WAL');\n    db.pragma('synchronous = OFF');",
      },
    ],
    tests: ['test/unit/store'],
  },
  {
    breaks: 'recovery: what was running at a crash is left as it is',
    edits: [
      {
        file: 'main/scheduler/recover.ts',
        find: 'const runs = openRuns(db);',
        replace: "const runs = openRuns(db).filter((run) => run.state === 'queued');",
      },
    ],
    tests: ['test/unit/scheduler/recover.test.ts', 'test/unit/app.test.ts'],
  },
  {
    breaks: 'coalescing: every slot missed asleep runs',
    edits: [
      {
        file: 'main/scheduler/judge.ts',
        find: "    case 'latest':\n      return judgeLatest(facts);",
        replace: "    case 'latest':\n      return judgeAll(facts);",
      },
    ],
    tests: scheduler,
  },
  {
    breaks: 'grace: however late, it is caught up',
    edits: [
      {
        file: 'main/scheduler/judge.ts',
        find: 'if (ageMs > durationMs(missed.grace))',
        replace: 'if (ageMs > durationMs(missed.grace) * 1_000)',
      },
    ],
    tests: scheduler,
  },
  {
    breaks: 'a clock set back: slots that were judged are due again',
    edits: [
      {
        file: 'main/scheduler/alarm.ts',
        find: 'steppedBack: driftMs < -backStepMs,',
        replace: 'steppedBack: driftMs < -Infinity,',
      },
    ],
    tests: scheduler,
  },
  {
    breaks: 'exports: formulas reach the spreadsheet',
    edits: [
      {
        file: 'main/calls/records-text.ts',
        find: "const harmless = typeof value === 'number' || typeof value === 'boolean';",
        replace: "const harmless = typeof value !== 'object';",
      },
    ],
    tests: ['test/unit/calls/records.test.ts'],
  },
  {
    breaks: 'redirects: on to a file of this computer',
    edits: [
      {
        file: 'main/scrape/child/redirects.ts',
        find: "if (target.protocol !== 'http:' && target.protocol !== 'https:')",
        replace: "if (target.protocol === 'ftp:')",
      },
    ],
    tests: ['test/unit/scrape/child'],
  },
];
