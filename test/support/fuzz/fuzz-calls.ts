import fc from 'fast-check';
import { expect } from 'vitest';
import type { CallName } from '../../../contract/names.ts';
import type { Result } from '../../../contract/result.ts';
import { openBusyApp } from '../busy-app.ts';
import { bestCpuMs } from '../cpu-time.ts';
import { aDesktop } from '../fake-desktop.ts';
import type { TestApp } from '../test-app.ts';
import { expectAnswer, expectRefusal } from './answer-checks.ts';
import { inputsOf } from './call-inputs.ts';
import { witnessOf, type Witness } from './witness.ts';

/** No input keeps the main thread for longer, by the processor's time (reliability row 33). */
const limitMs = 100;

/** How many inputs one app is asked: with what they leave in it, it would slow down. */
const casesAnApp = 1_000;

/** How a call reaches an app: at the door itself, or through a transport. */
export type Ask = (name: CallName, input: unknown) => Promise<Result<unknown>>;

/** How inputs reach the door. */
export interface Way {
  readonly wire: 'clone' | 'json';
  /** Opens the way to an app; answers how to ask, and how to close it. */
  open(jackdaw: TestApp): Promise<{ readonly ask: Ask; readonly close: () => Promise<void> }>;
}

/** What came of a call's random inputs. */
export interface Tally {
  answered: number;
  refused: number;
  /** The longest that one kept the main thread, in milliseconds of the processor's time. */
  slowestMs: number;
}

/** Nothing asked yet. */
export function emptyTally(): Tally {
  return { answered: 0, refused: 0, slowestMs: 0 };
}

/** Waits until calendars have been read, on their thread: what that tells is no doing of the next input. */
async function calm(jackdaw: TestApp): Promise<void> {
  await jackdaw.call('nextSlots', { count: 1 });
}

/** One input: refused with nothing changed, or answered as the contract says; in time either way. */
async function checkOne(
  { jackdaw, ask, witness }: Stage,
  name: CallName,
  input: unknown,
  tally: Tally,
): Promise<void> {
  const before = witness.mark();
  const { answer: result, ms } = await bestCpuMs(limitMs, () => ask(name, input));
  tally.slowestMs = Math.max(tally.slowestMs, ms);
  if (result.ok) {
    tally.answered += 1;
    expectAnswer(name, result.value);
    await calm(jackdaw);
  } else {
    tally.refused += 1;
    expectRefusal(result);
    expect(witness.mark(), 'nothing changed').toBe(before);
  }
  expect(ms, 'the time of the processor').toBeLessThan(limitMs);
}

/** A busy app that is asked, with its witness. */
export interface Stage {
  readonly jackdaw: TestApp;
  readonly ask: Ask;
  readonly witness: Witness;
  /** Lets go of it, and audits its ledger: whatever valid inputs have done, it adds up. */
  close(): Promise<void>;
}

/** Opens a busy app, its alarm on: what random inputs save runs. */
export async function openStage(way: Way): Promise<Stage> {
  const { jackdaw } = await openBusyApp({ desktop: aDesktop() });
  jackdaw.app.start();
  const { ask, close } = await way.open(jackdaw);
  const witness = witnessOf(jackdaw);
  return {
    ...{ jackdaw, ask, witness },
    close: async () => {
      witness.close();
      await close();
      await jackdaw.stop();
    },
  };
}

/** Puts so many random inputs to a call of an app. */
export async function fuzzOn(
  stage: Stage,
  way: Way,
  name: CallName,
  { cases, seed, tally }: { readonly cases: number; readonly seed: number; readonly tally: Tally },
): Promise<void> {
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(inputsOf(name, way.wire), async (input) => {
      await checkOne(stage, name, input, tally);
      asked += 1;
      if (asked % 100 > 0) return;
      await stage.jackdaw.clock.advance(15 * 60_000);
      await calm(stage.jackdaw);
    }),
    { seed, numRuns: cases },
  );
}

/** Puts so many random inputs to a call, an app for each thousand; answers what came of them. */
export async function fuzzCall(
  way: Way,
  name: CallName,
  cases: number,
  seed: number,
): Promise<Tally> {
  const tally = emptyTally();
  for (let done = 0; done < cases; done += casesAnApp) {
    const stage = await openStage(way);
    try {
      const some = Math.min(casesAnApp, cases - done);
      await fuzzOn(stage, way, name, { cases: some, seed: seed + done, tally });
    } finally {
      await stage.close();
    }
  }
  return tally;
}
