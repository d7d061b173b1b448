import { expect, it, describe } from 'vitest';
import { seed, seedShown } from '../../support/seed.ts';
import { answersIn, machineZones, unlike } from '../../support/machine-zones.ts';

describe(`schedule/machine-zone (${seedShown})`, { timeout: 180_000 }, () => {
  it('gives the same answers whatever zone the machine is in', async () => {
    const answers = await Promise.all(machineZones.map((zone) => answersIn(zone, seed, 60)));
    expect(answers.map(({ zone }) => zone)).toEqual(machineZones);
    expect(answers.map(({ lines }) => lines.length)).toEqual([60, 60, 60]);
    expect(unlike(answers)).toEqual([]);
  });
});
