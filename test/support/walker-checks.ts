import { isOpen, nextOpening, openStretch } from '../../main/schedule/active-hours.ts';
import { nextInstants, nextSlots, whyNever } from '../../main/schedule/next-slots.ts';
import type { Asked } from './random-rhythms.ts';
import { minuteMs, openMinutes, wallText } from './walker-days.ts';
import { walk, walkStretch } from './walker.ts';

/** What the engine answers, and what it should: the same, where it is right. */
export interface Compared {
  readonly found: unknown;
  readonly expected: unknown;
}

/** How many slots of a case are compared, or fewer where the walker's days end. */
const most = 200;
const shownMinutes = 300;

/** Lists of instants compared; only where they differ are they written out for a person to read. */
function compareInstants(found: readonly number[], expected: readonly number[]): Compared {
  const same = found.length === expected.length && found.every((at, i) => at === expected[i]);
  if (same) return { found: [], expected: [] };
  const shown = (at: number): string => new Date(at).toISOString();
  return { found: found.map(shown), expected: expected.map(shown) };
}

/** The slots are those a minute-by-minute walk finds. */
export function slotsOf(asked: Asked): Compared {
  const { days, question, rhythm, hours, afterMs } = asked;
  const found = nextInstants(rhythm, hours, afterMs, most, days.toMs - 1);
  return compareInstants(found, walk(days, question, afterMs, most));
}

/** Strictly after the reference, strictly increasing, whole seconds, never outside the hours. */
export function orderOf(asked: Asked): Compared {
  const { days, question, rhythm, hours, afterMs } = asked;
  const found = nextInstants(rhythm, hours, afterMs, most, days.toMs - 1);
  const open = openMinutes(days, question.hours, question.closings);
  const wrong = found.filter(
    (at, index) =>
      at <= (found[index - 1] ?? afterMs) ||
      at % 1_000 !== 0 ||
      !open(Math.floor((at - days.fromMs) / minuteMs)),
  );
  return compareInstants(wrong, []);
}

/** The answer doesn't depend on when one asks: between the reference and the slot, or at the slot. */
export function laterAsked(asked: Asked, percent: number): Compared {
  const { rhythm, hours, afterMs } = asked;
  const slots = nextInstants(rhythm, hours, afterMs, 3);
  const [first, ...rest] = slots;
  if (first === undefined) return { found: [], expected: [] };
  const between = afterMs + Math.floor(((first - 1 - afterMs) * percent) / 100);
  const next = slots.map((at) => nextInstants(rhythm, hours, at, 1)[0]);
  return {
    found: [nextInstants(rhythm, hours, between, 3), next.slice(0, rest.length)],
    expected: [slots, rest],
  };
}

/** Slots, instants, local texts, reasons and membership tell one story. */
export function agreementOf(asked: Asked): Compared {
  const { days, rhythm, hours, afterMs } = asked;
  const slots = nextSlots(rhythm, hours, afterMs, 3);
  const instants = nextInstants(rhythm, hours, afterMs, 3);
  const known = slots.filter(({ at }) => at < days.toMs);
  const wall = (at: number): string =>
    wallText(days.wall[Math.floor((at - days.fromMs) / minuteMs)] ?? 0);
  return {
    found: {
      instants: slots.map(({ at }) => at),
      local: known.map(({ local }) => local.slice(0, 16)),
      open: slots.map(({ at }) => isOpen(hours, days.zone, at)),
      unexplained: slots.filter(({ trace }) => trace.length === 0),
      never: whyNever(rhythm, hours, afterMs).length > 0,
    },
    expected: {
      instants,
      local: known.map(({ at }) => wall(at)),
      open: slots.map(() => true),
      unexplained: [],
      never: slots.length === 0,
    },
  };
}

/** Membership is that of the wall clock, minute by minute from the reference on, to its last millisecond. */
export function membershipOf(asked: Asked, lastMs: boolean): Compared {
  const { days, question, hours, afterMs } = asked;
  const first = Math.floor((afterMs - days.fromMs) / minuteMs);
  const open = openMinutes(days, question.hours, question.closings);
  const indexes = Array.from({ length: shownMinutes }, (_, minute) => first + minute);
  const atMs = (index: number): number => days.fromMs + index * minuteMs + (lastMs ? 59_999 : 0);
  return {
    found: indexes.filter((index) => isOpen(hours, days.zone, atMs(index))),
    expected: indexes.filter(open),
  };
}

/** The open stretch and the next opening are the walk's, as far as its days reach. */
export function stretchOf(asked: Asked): Compared {
  const { days, question, hours, afterMs } = asked;
  const since = (at: number): number | null => (at <= days.fromMs ? null : at);
  const until = (at: number | null): number | null => (at === null || at >= days.toMs ? null : at);
  const open = openStretch(hours, days.zone, afterMs);
  return {
    found: {
      open: open && { openAt: since(open.openAt), closeAt: until(open.closeAt) },
      nextOpening: until(nextOpening(hours, days.zone, afterMs)),
    },
    expected: walkStretch(days, question, afterMs),
  };
}
