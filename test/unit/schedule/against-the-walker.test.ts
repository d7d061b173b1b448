import { describe, expect, it } from 'vitest';
import { checkCases } from '../../support/check-cases.ts';
import { seedShown } from '../../support/seed.ts';
import { changeAt, clockChanges, daysAround } from '../../support/clock-changes.ts';
import {
  agreementOf,
  laterAsked,
  membershipOf,
  orderOf,
  slotsOf,
  stretchOf,
} from '../../support/walker-checks.ts';
import { minuteMs, wallClock } from '../../support/walker-days.ts';

describe(`schedule/against-the-walker (${seedShown})`, { timeout: 180_000 }, () => {
  it('walks what Intl shows in each minute around a clock change', () => {
    clockChanges.forEach(([zone], change) => {
      const days = daysAround(change);
      const shown = wallClock(zone);
      const first = (changeAt(change) - days.fromMs) / minuteMs - 200;
      const indexes = Array.from({ length: 400 }, (_, minute) => first + minute);
      expect(indexes.map((index) => days.wall[index])).toEqual(
        indexes.map((index) => shown(days.fromMs + index * minuteMs)),
      );
    });
  });

  it('yields exactly the slots a minute-by-minute walk finds', () => {
    checkCases(2_000, slotsOf);
  });

  it('yields them after the reference, in order and inside the hours', () => {
    checkCases(300, orderOf);
  });

  it('gives the same answer whenever one asks', () => {
    checkCases(300, laterAsked);
  });

  it('says the same in slots, instants, local times and reasons', () => {
    checkCases(300, agreementOf);
  });

  it('is open in exactly the minutes the wall clock stands in a window', () => {
    checkCases(100, (asked, percent) => membershipOf(asked, percent > 50));
  });

  it('knows when the hours opened, close and open next', () => {
    checkCases(200, stretchOf);
  });
});
