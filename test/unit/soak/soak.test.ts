import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { soak } from '../../soak/soak.ts';
import { soundTargets } from '../../soak/verdict.ts';
import { aFolder } from '../../support/builders.ts';
import { seed, seedShown } from '../../support/seed.ts';

let folder: ReturnType<typeof aFolder>;
beforeEach(() => {
  folder = aFolder();
});
afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.log(`The data folder is kept: ${folder.path}`);
  else folder.remove();
});

describe(`soak (${seedShown})`, () => {
  it('lives through 300 ticks with all that may happen in them, and its ledger adds up', async () => {
    const ticks = 300;
    const onSample = (): void => undefined;
    const report = await soak({ folder: folder.path, ticks, seed, samples: 3, onSample });
    expect(report.samples.map((sample) => sample.ticks >= 100)).toEqual([true, true, true]);
    expect(report.runs).toBeGreaterThan(10);
    expect(report.events).toBeGreaterThan(report.runs);
    expect(soundTargets(report).filter(({ met }) => !met)).toEqual([]);
  });
});
