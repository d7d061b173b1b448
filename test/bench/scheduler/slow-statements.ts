import SqliteDatabase from 'better-sqlite3';
import { cpuMicros } from '../race.ts';

/** The longest call of the store there was. */
export interface SlowStatements {
  /** Forgets what was before. */
  begin(): void;
  longest(): { readonly ms: number; readonly sql: string };
}

/** What a statement of better-sqlite3 does at once, whatever it is given. */
type Method = (this: SqliteDatabase.Statement, ...values: unknown[]) => unknown;

/**
 * Times every statement of this thread's connections, the commits too: by the clock, or by the CPU of the
 * thread where that is less, as a busy machine holds any process up. Call it before a database is opened.
 */
export function watchStatements(): SlowStatements {
  let worst = { ms: 0, sql: '' };
  const probe = new SqliteDatabase(':memory:');
  const prototype = Object.getPrototypeOf(probe.prepare('SELECT 1')) as Record<string, Method>;
  probe.close();
  for (const name of ['run', 'get', 'all']) {
    const method = prototype[name];
    if (method === undefined) throw new Error(`better-sqlite3 has no ${name}`);
    prototype[name] = function timed(...values) {
      const cpu = cpuMicros();
      const begunMs = performance.now();
      try {
        return method.apply(this, values);
      } finally {
        const ms = Math.min(performance.now() - begunMs, (cpuMicros() - cpu) / 1_000);
        if (ms > worst.ms) worst = { ms, sql: this.source.replaceAll(/\s+/g, ' ').slice(0, 160) };
      }
    };
  }
  return {
    begin: () => {
      worst = { ms: 0, sql: '' };
    },
    longest: () => worst,
  };
}
