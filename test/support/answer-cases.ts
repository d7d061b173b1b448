/**
 * A program: answers random cases and compares each with the walk, in a process of its own, so that
 * `TZ` holds from its start. `node answer-cases.ts SEED RUNS`. Its first line names the zone the process
 * is in; then comes a line a case: the slots with their reasons, the stretch, and `differs` where the
 * walk finds other slots.
 */
import fc from 'fast-check';
import { isOpen, nextOpening, openStretch } from '../../main/schedule/active-hours.ts';
import { nextSlots, whyNever } from '../../main/schedule/next-slots.ts';
import { aCase, asLine, askedOf, type Asked } from './random-rhythms.ts';
import { slotsOf } from './walker-checks.ts';

function answer(asked: Asked): string {
  const { days, rhythm, hours, afterMs } = asked;
  const { found, expected } = slotsOf(asked);
  const differs = JSON.stringify(found) !== JSON.stringify(expected);
  return JSON.stringify({
    line: asLine(asked, 5),
    slots: nextSlots(rhythm, hours, afterMs, 2),
    never: whyNever(rhythm, hours, afterMs),
    isOpen: isOpen(hours, days.zone, afterMs),
    stretch: openStretch(hours, days.zone, afterMs),
    nextOpening: nextOpening(hours, days.zone, afterMs),
    ...(differs ? { differs: { found, expected } } : {}),
  });
}

const [seed, runs] = process.argv.slice(2).map(Number);
if (seed === undefined || runs === undefined) throw new TypeError('usage: answer-cases SEED RUNS');
console.log(Intl.DateTimeFormat().resolvedOptions().timeZone);
for (const one of fc.sample(aCase, { seed, numRuns: runs })) console.log(answer(askedOf(one)));
