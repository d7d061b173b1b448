import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { callNames } from '../../contract/names.ts';
import { ownOrigin } from '../../main/desktop/sender.ts';
import { seed, seedShown } from '../support/seed.ts';
import { expectRefusal } from '../support/fuzz/answer-checks.ts';
import { anyName } from '../support/fuzz/call-inputs.ts';
import { fuzzCall, openStage } from '../support/fuzz/fuzz-calls.ts';
import { connectTestIpc, ipcWay } from '../support/fuzz/ipc-way.ts';
import { doorWay, webWay } from '../support/fuzz/ways.ts';

vi.mock('electron', () => import('../support/electron-standin/ipc.ts'));

const cases = Number(process.env['JACKDAW_CASES'] ?? 10_000);
const few = Math.ceil(cases / 50);

/** Frames that aren't Jackdaw's own: of another origin, or inside another. */
const foreignFrame = fc.oneof(
  fc.constant(null),
  fc.record({ origin: fc.oneof(fc.webUrl(), fc.string()), parent: fc.constant(null) }),
  fc.record({ origin: fc.constant(ownOrigin), parent: fc.object() }),
);

describe(`fuzz/calls at the door (${seedShown})`, () => {
  it.each(callNames)('%s', async (name) => {
    const { answered, refused, slowestMs } = await fuzzCall(doorWay, name, cases, seed);
    console.log(
      `${name}: ${String(answered)} answered, ${String(refused)} refused, ${slowestMs.toFixed(1)} ms at most`,
    );
    expect(refused).toBeGreaterThan(0);
    // Of what a few take to be drawn, none need come in a short run.
    if (cases >= 5_000) expect(answered).toBeGreaterThan(0);
  });
});

describe(`fuzz/calls over the loopback (${seedShown})`, () => {
  it.each(callNames)('%s', async (name) => {
    const { answered, refused } = await fuzzCall(webWay, name, few, seed + 1);
    expect(answered + refused).toBeGreaterThanOrEqual(few);
  });
});

describe(`fuzz/calls over IPC (${seedShown})`, () => {
  it.each(callNames)('%s', async (name) => {
    const { answered, refused } = await fuzzCall(ipcWay, name, few, seed + 2);
    expect(answered + refused).toBeGreaterThanOrEqual(few);
  });

  it('whatever stands for a name, and whoever calls', async () => {
    const stage = await openStage(doorWay);
    const { invoke, disconnect } = connectTestIpc(stage.jackdaw);
    const mark = stage.witness.mark();
    await fc.assert(
      fc.asyncProperty(anyName, foreignFrame, async (name, senderFrame) => {
        expectRefusal(await invoke(name, {}));
        const foreign = await invoke('getStatus', {}, { senderFrame });
        expect(foreign).toMatchObject({ ok: false, code: 'unauthorized' });
        expect(stage.witness.mark()).toBe(mark);
      }),
      { seed, numRuns: cases },
    );
    disconnect();
    await stage.close();
  });
});
