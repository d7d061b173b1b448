import process from 'node:process';
import SqliteDatabase from 'better-sqlite3';
import type { ScrapeRunner } from '../../../main/scrape/create-runner.ts';

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
type Written = 'slot' | 'start' | 'end';

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

type Work = (...args: unknown[]) => unknown;
type Transaction = Work & { readonly immediate: Work };

interface Patched {
  prepare(this: SqliteDatabase.Database, sql: string): { run: Work };
  exec(this: SqliteDatabase.Database, sql: string): unknown;
  pragma(this: SqliteDatabase.Database, text: string, options?: unknown): unknown;
  transaction(this: SqliteDatabase.Database, work: Work): Transaction;
}

/** Wraps what better-sqlite3 offers, in this process alone: the product knows nothing of it. */
function watchStatements(reached: (point: KillAt['point']) => void, written: Set<Written>): void {
  const prototype = SqliteDatabase.prototype as unknown as Patched;
  const { prepare, exec, pragma } = prototype;
  prototype.prepare = function (sql) {
    const made = prepare.call(this, sql);
    const what = writes.find(([pattern]) => pattern.test(sql))?.[1];
    const isCopy = /^VACUUM INTO/i.test(sql);
    if (what === undefined && !isCopy) return made;
    const run = made.run.bind(made);
    made.run = (...args) => {
      const isChain = what === 'slot' && args.includes('chain');
      if (isCopy) reached('migration');
      if (what === 'slot') reached(isChain ? 'before-chain-slot' : 'before-row');
      const answer = run(...args);
      if (what !== undefined) written.add(what);
      if (isCopy) reached('migration');
      if (what === 'slot') reached(isChain ? 'after-chain-slot' : 'row-uncommitted');
      return answer;
    };
    return made;
  };
  prototype.exec = function (sql) {
    const isStep = /^\s*(CREATE|ALTER)\b/i.test(sql);
    if (isStep) reached('migration');
    const answer = exec.call(this, sql);
    if (isStep) reached('migration');
    return answer;
  };
  prototype.pragma = function (text, options) {
    const answer = pragma.call(this, text, options);
    if (text.startsWith('user_version =')) {
      migrating = true;
      reached('migration');
    }
    return answer;
  };
}

/** Whether the open transaction has moved the database's version on. */
let migrating = false;

function watchTransactions(reached: (point: KillAt['point']) => void, written: Set<Written>): void {
  const prototype = SqliteDatabase.prototype as unknown as Patched;
  const { transaction } = prototype;
  prototype.transaction = function (work) {
    const made = transaction.call(this, (...args: unknown[]) => {
      const answer = work(...args);
      if (written.has('end')) reached('before-commit');
      return answer;
    });
    const around =
      (commit: Work): Work =>
      (...args) => {
        written.clear();
        migrating = false;
        const answer = commit(...args);
        if (written.has('slot')) reached('after-row');
        if (written.has('start')) reached('before-child');
        if (written.has('end')) reached('after-commit');
        if (migrating) reached('migration');
        return answer;
      };
    return Object.assign(around(made), { immediate: around(made.immediate.bind(made)) });
  };
}

/** Makes this process die at a moment; answers what to wrap the runner in. Call it before the app is opened. */
export function dieAt(kill: KillAt): (runner: ScrapeRunner) => ScrapeRunner {
  const reached = countDown(kill);
  const written = new Set<Written>();
  watchStatements(reached, written);
  watchTransactions(reached, written);
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
