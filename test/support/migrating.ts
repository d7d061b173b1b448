import process from 'node:process';
import type { Migration } from '../../main/store/migrations.ts';
import { migrations } from '../../main/store/migrations.ts';
import { openDatabase } from '../../main/store/database.ts';

/**
 * A process that upgrades the database of a folder and is killed on its way: `inside` a step, once it
 * has done its work and before it is committed, or `before` a step. Run by migrations-killed.test.ts.
 */
const [folder = '', place, step = ''] = process.argv.slice(2);

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

const steps: readonly Migration[] = migrations.map((work, index) => (db) => {
  const meant = index === Number(step);
  if (meant && place === 'before') die();
  work(db);
  if (meant && place === 'inside') die();
});

openDatabase(folder, steps).close();
