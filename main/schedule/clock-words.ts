import type { ClockChange } from '../../contract/preview.ts';
import { daySeconds } from './civil.ts';
import { dayOf } from './telling.ts';
import { clockWords, dateWords, listWords, whenWords } from './words.ts';

/** A change of the wall clock; `from` and `to` are the local seconds right before and after it. */
export interface WallChange {
  /** The first instant with the new offset, in whole epoch seconds. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** A wall time that a change touches, all in whole seconds. */
export interface TouchedTime {
  readonly local: number;
  readonly effect: ClockChange['times'][number]['effect'];
  /** When it runs; empty where it doesn't. */
  readonly at: readonly number[];
  /** What the clock shows then. */
  readonly runsAt: number | null;
  /** Whether the schedule has a run of its own then. */
  readonly meets: boolean;
}

const namedTimes = 4;

/** The day from which the words see every time: that of the skipped or repeated stretch. */
function dateOf({ from, to }: WallChange): number {
  return dayOf(Math.min(from, to));
}

/** "02:00 and 02:30"; of many the first three and their number, as far as they are counted. */
function timesWords(locals: readonly number[], day: number): string {
  const named = locals.length > namedTimes ? namedTimes - 1 : namedTimes;
  const words = locals.slice(0, named).map((local) => whenWords(local, day));
  const rest = locals.length - words.length;
  if (rest === 0) return listWords(words);
  return listWords([...words, `${rest > 3_000 ? 'thousands' : String(rest)} more`]);
}

/** What becomes of times that share an effect, and the run they go to where they move. */
function effectWords(change: WallChange, times: readonly TouchedTime[]): string {
  const day = dateOf(change);
  const [{ effect, runsAt, meets } = { effect: 'vanishes' as const, runsAt: null, meets: false }] =
    times;
  const words = timesWords(
    times.map(({ local }) => local),
    day,
  );
  const one = times.length === 1;
  const run = one ? 'runs' : 'run';
  switch (effect) {
    case 'vanishes':
      return `${words} ${one ? "doesn't" : "don't"} run that day`;
    case 'repeats':
      return `${words} ${run} twice`;
    case 'first-only':
      return `${words} ${run} the first time only`;
    case 'moved': {
      if (change.to < change.from) return `${words} ${run} the second time only`;
      const target = whenWords(runsAt ?? change.to, day);
      if (meets) return `${words} ${run} together with ${target}`;
      return one ? `${words} runs at ${target} instead` : `${words} run together at ${target}`;
    }
  }
}

/** The length of the stretch in words, where it has a name: hour, half hour. */
function stretchName({ from, to }: WallChange): string {
  const length = Math.abs(to - from);
  if (length === 3_600) return 'hour';
  return length === 1_800 ? 'half hour' : 'time';
}

/** What the clock does, and when: "On Sunday 14 March 2027 the clock jumps from 02:00 to 03:00". */
function changeWords(change: WallChange, reference: number): string {
  const { from, to } = change;
  const day = dateOf(change);
  const date = `On ${dateWords(day, reference)}`;
  if (to > from)
    return `${date} the clock jumps from ${whenWords(from, day)} to ${whenWords(to, day)}`;
  const name = stretchName(change);
  const until = name === 'time' ? ` to ${whenWords(from, day)}` : '';
  return `${date} the ${name} from ${clockWords(to - day * daySeconds)}${until} comes twice`;
}

/**
 * A clock change and all it does to a schedule's times as one sentence, its date seen from a
 * reference day: "On Sunday 14 March 2027 the clock jumps from 02:00 to 03:00: 02:30 runs at 03:00
 * instead."
 */
export function clockChangeText(
  change: WallChange,
  touched: readonly TouchedTime[],
  reference: number,
): string {
  const groups = Map.groupBy(touched, ({ effect }) => effect);
  const effects = [...groups.values()].map((times) => effectWords(change, times));
  const nothing = `nothing of this schedule lies in that ${stretchName(change)}`;
  return `${changeWords(change, reference)}: ${effects.length === 0 ? nothing : effects.join('; ')}.`;
}

/** What a clock change does to one time, and which others of those it touches meet it in one run. */
export function touchedText(
  change: WallChange,
  time: TouchedTime,
  touched: readonly TouchedTime[],
): string {
  const day = dateOf(change);
  const name = whenWords(time.local, day);
  switch (time.effect) {
    case 'vanishes':
      return `${name} is skipped and doesn't run.`;
    case 'repeats':
      return `${name} comes twice and runs both times.`;
    case 'first-only':
      return `${name} comes twice and runs the first time only.`;
    case 'moved': {
      if (change.to < change.from) return `${name} comes twice and runs the second time only.`;
      const others = touched.filter((one) => one !== time && one.effect === 'moved');
      const met = others.map(({ local }) => local);
      const runsAt = time.runsAt ?? change.to;
      if (time.meets)
        return `${name} is skipped and runs together with ${timesWords([...met, runsAt], day)}.`;
      const together = met.length === 0 ? ' instead' : `, together with ${timesWords(met, day)}`;
      return `${name} is skipped and runs at ${whenWords(runsAt, day)}${together}.`;
    }
  }
}
