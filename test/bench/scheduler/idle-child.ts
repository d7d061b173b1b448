import process from 'node:process';
import { Cron } from 'croner';
import { systemClock, type Clock } from '../../../main/clock.ts';
import { passing } from '../../support/chaos/until.ts';
import { heapBytes } from '../heap-bytes.ts';
import { dailyAt, schedulesWith, zone } from './due.ts';
import { realHost } from './real-host.ts';
import { realScheduler, recordingRunner } from './real-scheduler.ts';

/** Who has nothing to do. */
export type IdleContender = 'empty' | 'timers' | 'scheduler' | 'host' | 'croner';

/** What doing nothing took. */
export interface Idle {
  readonly cpuMs: number;
  /** Heap that everything holds, beyond that of the process before. */
  readonly heapBytes: number;
  /** How often a timer of ours rang; NaN of those that can't be asked. */
  readonly wakeUps: number;
}

const [contender = '', countText = '', secondsText = ''] = process.argv.slice(2);
const count = Number(countText);
const seconds = Number(secondsText);
// Half a day away: nothing is due.
const expression = dailyAt(Math.floor(Date.now() / 1_000) * 1_000 - 43_200_000);

let wakeUps = 0;
const countingClock = (): Clock => {
  const clock = systemClock();
  return {
    ...clock,
    after: (delayMs, ring, waiting) =>
      clock.after(
        delayMs,
        () => {
          wakeUps += 1;
          ring();
        },
        waiting,
      ),
  };
};

/** So many rings as an hour brings: by then V8 has compiled what a ring runs. */
const warmRings = 120;
const wakes: (() => void)[] = [];
const held: unknown[] = [];
const contenders: Readonly<Record<IdleContender, () => unknown>> = {
  empty: () => undefined,
  timers: () => {
    for (let index = 0; index < count; index += 1)
      held.push(setTimeout(() => undefined, 43_200_000 + index));
  },
  croner: () => {
    for (let index = 0; index < count; index += 1)
      held.push(new Cron(expression, { timezone: zone }, () => undefined));
  },
  scheduler: () => {
    const real = realScheduler({
      schedules: schedulesWith(count, expression),
      concurrency: 3,
      runner: recordingRunner(() => undefined),
      clock: countingClock(),
    });
    held.push(real);
    real.scheduler.start();
    wakes.push(() => {
      real.scheduler.wake();
    });
  },
  host: async () => {
    const real = await realHost({
      schedules: schedulesWith(count, expression),
      clock: countingClock(),
    });
    held.push(real);
    real.host.start();
  },
};

const before = heapBytes();
await contenders[contender as IdleContender]();
const heap = heapBytes() - before;
// Only now: collecting garbage as hard as the line above makes V8 forget compiled code.
for (let ring = 0; ring < warmRings; ring += 1) for (const wake of wakes) wake();
// What a start brings with it is over by then.
await passing(5_000);
wakeUps = 0;
const cpu = process.cpuUsage();
await passing(seconds * 1_000);
const { user, system } = process.cpuUsage(cpu);
const isOurs = contender === 'scheduler' || contender === 'host';
const idle: Idle = {
  cpuMs: (user + system) / 1_000,
  heapBytes: heap,
  wakeUps: isOurs ? wakeUps : -1,
};
process.stdout.write(`${JSON.stringify(idle)}\n`, () => process.exit(0));
