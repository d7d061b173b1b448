import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callNames } from '../../../contract/names.ts';
import { seed, seedShown } from '../../support/seed.ts';
import { emptyTally, fuzzOn, openStage, type Stage } from '../../support/fuzz/fuzz-calls.ts';
import { doorWay } from '../../support/fuzz/ways.ts';

const cases = 5;

describe(`calls: any input at all (${seedShown})`, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(doorWay);
  });
  afterAll(async () => {
    await stage.close();
  });

  it.each(callNames)(
    '%s answers what the contract says, or refuses and changes nothing',
    async (name) => {
      const tally = emptyTally();
      await fuzzOn(stage, doorWay, name, { cases, seed, tally });
      expect(tally.answered + tally.refused).toBe(cases);
    },
  );
});
