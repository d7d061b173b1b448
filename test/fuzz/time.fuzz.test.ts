import { describe, expect, it } from 'vitest';
import { checkCases } from '../support/check-cases.ts';
import { seed, seedShown } from '../support/seed.ts';
import { answersIn, machineZones, unlike } from '../support/machine-zones.ts';
import {
  agreementOf,
  laterAsked,
  membershipOf,
  orderOf,
  slotsOf,
  stretchOf,
} from '../support/walker-checks.ts';

const runs = 20_000;

describe(`fuzz/time (${seedShown})`, () => {
  it('yields exactly the slots a minute-by-minute walk finds', () => {
    checkCases(runs, slotsOf);
  });

  it('yields them after the reference, in order and inside the hours', () => {
    checkCases(runs, orderOf, seed + 1);
  });

  it('gives the same answer whenever one asks', () => {
    checkCases(runs, laterAsked, seed + 2);
  });

  it('says the same in slots, instants, local times and reasons', () => {
    checkCases(runs, agreementOf, seed + 3);
  });

  it('is open in exactly the minutes the wall clock stands in a window', () => {
    checkCases(runs / 4, (asked, percent) => membershipOf(asked, percent > 50), seed + 4);
  });

  it('knows when the hours opened, close and open next', () => {
    checkCases(runs, stretchOf, seed + 5);
  });

  it('gives the same answers whatever zone the machine is in, those of the walk', async () => {
    const answers = [];
    // One after the other: two of them at once are all that most machines have cores for.
    for (const zone of machineZones) answers.push(await answersIn(zone, seed + 6, runs));
    expect(answers.map(({ zone }) => zone)).toEqual(machineZones);
    expect(answers.map(({ lines }) => lines.length)).toEqual(machineZones.map(() => runs));
    expect(unlike(answers)).toEqual([]);
  });
});
