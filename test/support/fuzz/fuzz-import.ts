import fc from 'fast-check';
import { expect } from 'vitest';
import type { ScheduleFile } from '../../../contract/file.ts';
import { readScheduleFile } from '../../../main/calls/schedule-file.ts';
import { shortestProfile, shortestSchedule } from '../../../main/calls/shortest-form.ts';
import { openBusyApp } from '../busy-app.ts';
import { bestCpuMs } from '../cpu-time.ts';
import type { TestApp } from '../test-app.ts';
import { expectAnswer, expectRefusal } from './answer-checks.ts';
import { damagedFile } from './damaged-files.ts';
import { witnessOf, type Witness } from './witness.ts';

/** No file takes longer to be read or refused, by the processor's time (reliability row 34). */
const limitMs = 1_000;

/** How many files one app is given: with what they leave in it, it would slow down. */
const filesAnApp = 500;

/** What came of the files. */
export interface ImportTally {
  refused: number;
  looked: number;
  imported: number;
  /** How many schedules and profiles the imports added or replaced. */
  entries: number;
  slowestMs: number;
}

type Stored = Readonly<Record<string, unknown>>;

/** All schedules and hours there are, by kind and id. */
async function stored(jackdaw: TestApp): Promise<Stored> {
  const file = (await jackdaw.call('exportFile', {})) as {
    readonly hours?: readonly { readonly id: string }[];
    readonly schedules?: readonly { readonly id: string }[];
  };
  return Object.fromEntries([
    ...(file.hours ?? []).map((one) => [`hours ${one.id}`, one] as const),
    ...(file.schedules ?? []).map((one) => [`schedule ${one.id}`, one] as const),
  ]);
}

/** The same of a file. */
function entriesOf({ hours, schedules }: ScheduleFile, disabled: boolean): Stored {
  return Object.fromEntries<unknown>([
    ...hours.map((one) => [`hours ${one.id}`, shortestProfile(one)] as const),
    ...schedules.map((one) => {
      const schedule = disabled ? { ...one, enabled: false } : one;
      return [`schedule ${one.id}`, shortestSchedule(schedule)] as const;
    }),
  ]);
}

interface Given {
  readonly bytes: Buffer;
  readonly dryRun: boolean;
  readonly disabled: boolean;
}

const given: fc.Arbitrary<Given> = fc.record({
  bytes: damagedFile,
  dryRun: fc.nat({ max: 4 }).map((drawn) => drawn === 0),
  disabled: fc.boolean(),
});

/** What an app was known to hold before the next file. */
interface Known {
  contents: string;
  all: Stored;
}

async function lookAt(jackdaw: TestApp, witness: Witness): Promise<Known> {
  return { contents: witness.contents(), all: await stored(jackdaw) };
}

/** One file: taken as a whole, or refused with not a byte of the database changed. Answers what there is now. */
async function importOne(
  { jackdaw, witness }: { readonly jackdaw: TestApp; readonly witness: Witness },
  known: Known,
  { bytes, dryRun, disabled }: Given,
  tally: ImportTally,
): Promise<Known> {
  const text = bytes.toString('utf8');
  const mark = witness.mark();
  const { answer: result, ms } = await bestCpuMs(limitMs, () =>
    jackdaw.app.calls.invoke('importFile', { text, dryRun, disabled }),
  );
  tally.slowestMs = Math.max(tally.slowestMs, ms);
  expect(ms, 'the time of the processor').toBeLessThan(limitMs);
  if (result.ok) expectAnswer('importFile', result.value);
  else expectRefusal(result);
  if (!result.ok || dryRun) {
    tally[result.ok ? 'looked' : 'refused'] += 1;
    expect(witness.mark(), 'nothing changed').toBe(mark);
    expect(witness.contents(), 'nothing changed').toBe(known.contents);
    return known;
  }
  const entries = entriesOf(readScheduleFile(text), disabled);
  tally.imported += 1;
  tally.entries += Object.keys(entries).length;
  const now = await lookAt(jackdaw, witness);
  expect(now.all).toEqual({ ...known.all, ...entries });
  return now;
}

/** Nothing that JavaScript's own objects have in common has been added to. */
function expectUnpolluted(): void {
  for (const prototype of [Object.prototype, Array.prototype, Function.prototype])
    expect(Object.keys(prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBe(undefined);
}

/** Gives so many damaged files to apps with a real database; answers what came of them. */
export async function fuzzImport(files: number, seed: number): Promise<ImportTally> {
  const tally: ImportTally = { refused: 0, looked: 0, imported: 0, entries: 0, slowestMs: 0 };
  for (let done = 0; done < files; done += filesAnApp) {
    const { jackdaw } = await openBusyApp();
    jackdaw.app.start();
    const witness = witnessOf(jackdaw);
    try {
      let known = await lookAt(jackdaw, witness);
      await fc.assert(
        fc.asyncProperty(given, async (one) => {
          known = await importOne({ jackdaw, witness }, known, one, tally);
        }),
        { seed: seed + done, numRuns: Math.min(filesAnApp, files - done) },
      );
      // What was imported runs, or doesn't, and the ledger adds up: the end audits it.
      await jackdaw.clock.advance(60 * 60_000);
    } finally {
      witness.close();
      await jackdaw.stop();
    }
    expectUnpolluted();
  }
  return tally;
}
