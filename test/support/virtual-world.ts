import { fakeRunner, type FakeRunner } from './fake-runner.ts';
import type { ControlMessage, VirtualWorld } from './test-control.ts';
import { virtualClock, type VirtualClock } from './virtual-clock.ts';

/** A virtual clock and a fake runner, with the control a spec has over them. */
export interface ControlledWorld {
  readonly clock: VirtualClock;
  readonly runner: FakeRunner;
  /** Carries out what a spec asks; resolves when it has happened. */
  readonly control: (message: ControlMessage) => Promise<void>;
}

/** Builds the world of a test entry, told by `JACKDAW_TEST_WORLD`. */
export function controlledWorld(text: string | undefined): ControlledWorld {
  const world = JSON.parse(text ?? 'null') as VirtualWorld | null;
  if (world === null) throw new Error('JACKDAW_TEST_WORLD says no time and zone to begin at.');
  const clock = virtualClock(world.at, world.zone);
  const runner = fakeRunner(clock);
  return {
    clock,
    runner,
    control: async (message) => {
      switch (message.act) {
        case 'advance':
          await clock.advance(message.byMs);
          break;
        case 'sleep':
          clock.sleep(message.byMs);
          break;
        case 'moveTo':
          clock.moveTo(message.zone);
          break;
        case 'answer':
          runner.answer = message.answer;
          break;
      }
    },
  };
}
