import { someRows } from '../armed-app.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { chaosSchedules, worldBegins } from './schedules.ts';

/** Runs end well, or not, by turns; each success reads some rows, whose text has so many letters. */
function turning({ runner }: TestApp, letters: number): void {
  let turn = 0;
  Object.defineProperty(runner, 'answer', {
    get: () => {
      turn += 1;
      const records = someRows(3, `turn-${String(turn % 7)}`).map((row) => ({
        ...row,
        text: row.title.padEnd(letters, '.'),
      }));
      const report =
        turn % 5 === 0
          ? { outcome: 'failed', reason: 'http-503', message: 'It said 503.', retryable: true }
          : { records };
      return { afterMs: 400 + 700 * (turn % 4), report };
    },
  });
}

/** A host on the virtual clock that schedules the chaos world over a data folder. */
export async function schedulingHost(folder: string, letters = 0): Promise<TestApp> {
  const at = new Date(worldBegins).toISOString();
  const jackdaw = await openTestApp({ dataFolder: folder, at });
  turning(jackdaw, letters);
  for (const schedule of chaosSchedules('http://127.0.0.1:9'))
    await jackdaw.call('saveSchedule', { schedule, create: true });
  jackdaw.app.start();
  return jackdaw;
}
