import process from 'node:process';
import type { ScrapeRunner } from '../../../main/scrape/create-runner.ts';
import { driver, type Methods, type Statement, type Work } from './driver.ts';

/** The moments of a host's life at which it can be made to die. */
export const killPoints = [
  'before-row',
  'row-uncommitted',
  'after-row',
  'before-child',
  'after-child',
  'result-reported',
  'before-commit',
  'after-commit',
  'before-chain-slot',
  'after-chain-slot',
] as const;

/** A moment of a host's life. */
export type KillPoint = (typeof killPoints)[number];

/** Die there, the nth time it is reached. */
export interface KillAt {
  readonly point: KillPoint | 'migration';
  /** Counted from 1; of migrations, every write of the upgrade counts: steps, versions, commits, the copy. */
  readonly nth: number;
}

/** Written by a statement, as far as a kill point asks for it. */
type Written = 'slot' | 'start' | 'end' | 'version';

const writes: readonly (readonly [RegExp, Written])[] = [
  [/^\s*INSERT INTO slots\b/i, 'slot'],
  [/^\s*UPDATE runs SET state = 'starting'/i, 'start'],
  [/^\s*UPDATE runs SET state = 'ended'/i, 'end'],
];

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function countDown(kill: KillAt): (point: KillAt['point']) => void {
  let left = kill.nth;
  return (point) => {
    if (point !== kill.point) return;
    left -= 1;
    if (left === 0) die();
  };
}

/** What the open transaction has written so far. */
type Open = Set<Written>;

type Reached = (point: KillAt['point']) => void;

/** Wraps a statement so that the points before and after its writes are reached. */
function watchStatement(made: Statement, sql: string, reached: Reached, open: Open): void {
  const what = writes.find(([pattern]) => pattern.test(sql))?.[1];
  const isCopy = /^VACUUM INTO/i.test(sql);
  if (what === undefined && !isCopy) return;
  const around =
    (work: Work): Work =>
    (...args) => {
      const isChain = what === 'slot' && args.includes('chain');
      if (isCopy) reached('migration');
      if (what === 'slot') reached(isChain ? 'before-chain-slot' : 'before-row');
      const answer = work(...args);
      if (what !== undefined) open.add(what);
      if (isCopy) reached('migration');
      if (what === 'slot') reached(isChain ? 'after-chain-slot' : 'row-uncommitted');
      return answer;
    };
  made.run = around(made.run.bind(made));
  // Of what is inserted SQLite tells the numbers.
  made.all = around(made.all.bind(made));
}

/** Wraps what better-sqlite3 offers, in this process alone: the product knows nothing of it. */
function watchStatements(methods: Methods, reached: Reached, open: Open): void {
  const { prepare, exec, pragma } = methods;
  methods.prepare = function (sql) {
    const made = prepare.call(this, sql);
    watchStatement(made, sql, reached, open);
    return made;
  };
  methods.exec = function (sql) {
    const isStep = /^\s*(CREATE|ALTER)\b/i.test(sql);
    if (isStep) reached('migration');
    const answer = exec.call(this, sql);
    if (isStep) reached('migration');
    return answer;
  };
  methods.pragma = function (text, options) {
    const answer = pragma.call(this, text, options);
    if (text.startsWith('user_version =')) {
      open.add('version');
      reached('migration');
    }
    return answer;
  };
}

function watchTransactions(methods: Methods, reached: Reached, open: Open): void {
  const { transaction } = methods;
  const around =
    (commit: Work): Work =>
    (...args) => {
      open.clear();
      const answer = commit(...args);
      if (open.has('slot')) reached('after-row');
      if (open.has('start')) reached('before-child');
      if (open.has('end')) reached('after-commit');
      if (open.has('version')) reached('migration');
      return answer;
    };
  methods.transaction = function (work) {
    const made = transaction.call(this, (...args) => {
      const answer = work(...args);
      if (open.has('end')) reached('before-commit');
      return answer;
    });
    return Object.assign(around(made), { immediate: around(made.immediate.bind(made)) });
  };
}

/** Makes this process die at a moment; answers what to wrap the runner in. Call it before the app is opened. */
export function dieAt(kill: KillAt): (runner: ScrapeRunner) => ScrapeRunner {
  const reached = countDown(kill);
  const open: Open = new Set();
  watchStatements(driver, reached, open);
  watchTransactions(driver, reached, open);
  return (runner) => ({
    ...runner,
    start: (job, observer) => {
      const active = runner.start(job, observer);
      reached('after-child');
      return {
        ...active,
        done: active.done.then((report) => {
          reached('result-reported');
          return report;
        }),
      };
    },
  });
}
