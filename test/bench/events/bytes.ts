import { passing } from '../../support/chaos/until.ts';
import { realHost } from '../scheduler/real-host.ts';
import { atLeast, type BenchOptions, type Part } from '../suite.ts';
import { figure, type Table } from '../table.ts';
import { calmSchedules, writeHistories } from './histories.ts';

const schedules = 200;

/** What one change sends to a window, beside the snapshot of all two hundred schedules. */
export async function bytesPart(options: BenchOptions): Promise<Part> {
  options.say('bytes of a change');
  const bench = await realHost({
    schedules: calmSchedules(schedules),
    prepare: (db, nowMs) => {
      writeHistories(db, schedules, nowMs);
    },
  });
  try {
    bench.host.start();
    const snapshot = Buffer.byteLength(JSON.stringify(await bench.call('getSnapshot', {})));
    let sent = 0;
    const leave = bench.host.changes.subscribe((event) => {
      sent += Buffer.byteLength(JSON.stringify(event));
    });
    const changes = ['edited', 'switched off', 'switched on'] as const;
    const rows: { readonly change: string; readonly bytes: number }[] = [];
    for (const change of changes) {
      sent = 0;
      const { document } = await bench.call('getSchedule', { id: 'schedule-7' });
      if (change === 'edited')
        await bench.call('saveSchedule', { schedule: { ...document, outside: 'defer' } });
      else await bench.call('setEnabled', { id: 'schedule-7', enabled: change === 'switched on' });
      // What follows a change a moment later is sent with it.
      await passing(3_000);
      rows.push({ change, bytes: sent });
    }
    leave();
    const table: Table = {
      title: `Bytes sent to a window, ${String(schedules)} schedules with 30 runs each`,
      columns: ['what', 'bytes', 'of the snapshot'],
      rows: [
        ['the snapshot', figure(snapshot), '1'],
        ...rows.map(({ change, bytes }) => [
          `one is ${change}`,
          figure(bytes),
          `1/${figure(snapshot / bytes)}`,
        ]),
      ],
      notes: [],
    };
    const least = snapshot / Math.max(...rows.map(({ bytes }) => bytes));
    return {
      tables: [table],
      targets: [atLeast('the snapshot, in bytes of one change', 100, least, figure(least))],
      data: { bytes: { snapshot, rows } },
    };
  } finally {
    await bench.stop();
  }
}
