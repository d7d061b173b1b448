import { z } from 'zod';
import { scheduleFileSchema } from '../../../contract/file.ts';
import { idSchema, type HoursProfile } from '../../../contract/hours.ts';
import { RefusedError, type Fault } from '../../../contract/result.ts';
import { scheduleSchema, type Schedule } from '../../../contract/schedule.ts';
import { defaultSettings } from '../../../contract/settings.ts';
import { toInstant, toInstantOrNull } from '../../../contract/time.ts';
import { askUntilKnown } from '../../calendars/ask-until-known.ts';
import type { Calendars } from '../../calendars/calendars.ts';
import { ownClosed } from '../../calls/calendars.ts';
import { chainFaults } from '../../calls/check-chains.ts';
import { refuseFaults, scheduleFaults } from '../../calls/check-schedule.ts';
import type { Clock } from '../../clock.ts';
import type { SimulatedRow } from '../../scheduler/simulate/memory-ledger.ts';
import { simulate, type Simulation } from '../../scheduler/simulate/simulate.ts';
import { slotCount } from '../../scheduler/simulate/slot-count.ts';
import type { Sleep } from '../../scheduler/simulate/sleeps.ts';

/** More are refused: a hundred schedules every half hour, day and night, have 1.75 million a year. */
const mostSlots = 2_000_000;

/**
 * A page that is never read, on a host of the schedule's own, so that the limit of runs on one host
 * doesn't bind it, and on the loopback, so that its starts after a wake aren't spread.
 */
function pageOf(id: unknown): unknown {
  const host = idSchema.safeParse(id).success ? `of-${String(id)}.localhost` : 'localhost';
  return { kind: 'page', url: `http://${host}/`, fields: { title: 'title' } };
}

/** A schedule whose scrape and name may be left out: neither says when it runs. */
export const simulatedScheduleSchema = z.preprocess((value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { id } = value as { readonly id?: unknown };
  return { name: id, scrape: pageOf(id), ...value };
}, scheduleSchema);

/** A schedule file in which these may be left out. */
export const simulatedFileSchema = scheduleFileSchema.extend({
  schedules: z.array(simulatedScheduleSchema).max(10_000).default([]),
});

/** What is to be simulated, read and sound in its shape. */
export interface Question {
  readonly schedules: readonly Schedule[];
  readonly hours: readonly HoursProfile[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly asleep: readonly Sleep[];
  readonly runTimeMs: number;
}

/** A row of the simulated ledger on the wire. */
export interface RowView {
  readonly schedule: string;
  readonly slotAt: string;
  readonly firstSlotAt: string;
  readonly startedAt: string | null;
  readonly outcome: string | null;
  readonly coalesced: number;
  readonly reason: string | null;
}

/** Where the parts of a question stand in what was asked: `schedules[0]`, `--to`. */
export interface Places {
  readonly schedule: (index: number) => string;
  readonly time: (name: string) => string;
}

function timeFaults({ fromMs, toMs, asleep }: Question, { time }: Places): readonly Fault[] {
  const order =
    fromMs < toMs
      ? []
      : [{ path: time('to'), message: 'is not after from; write the later instant here' }];
  const spans = asleep.flatMap(([sleepsMs, wakesMs], index) =>
    sleepsMs < wakesMs
      ? []
      : [
          {
            path: `${time('asleep')}[${String(index)}]`,
            message: 'ends before it has begun; write the earlier instant first',
          },
        ],
  );
  return [...order, ...spans];
}

/** Refuses what is wrong with a question beyond its shape. */
async function refuseQuestion(
  question: Question,
  calendars: Calendars,
  places: Places,
): Promise<void> {
  const { schedules, hours } = question;
  const closed = async (one: unknown, path: string): Promise<readonly Fault[]> =>
    (await calendars.faults(ownClosed(one))).map((fault) => ({
      path: `${path}.closed.${fault.path}`,
      message: fault.message,
    }));
  const calendarFaults: Fault[] = [];
  for (const [index, profile] of hours.entries())
    calendarFaults.push(...(await closed(profile, `hours[${String(index)}]`)));
  for (const [index, schedule] of schedules.entries())
    calendarFaults.push(...(await closed(schedule.hours, `${places.schedule(index)}.hours`)));
  const profiles = new Set(hours.map(({ id }) => id));
  const chains = chainFaults(schedules, { byId: () => undefined });
  refuseFaults([
    ...timeFaults(question, places),
    ...calendarFaults,
    ...schedules.flatMap((schedule, index) =>
      scheduleFaults(schedule, profiles, places.schedule(index), chains),
    ),
  ]);
}

/** The simulation of a question on a computer in this zone, with the settings of a new data folder. */
function simulationOf(question: Question, zone: string, calendars: Calendars): Simulation {
  const { hours, ...rest } = question;
  return {
    ...rest,
    world: {
      zone,
      settings: defaultSettings,
      profiles: new Map(hours.map((profile) => [profile.id, profile])),
      calendarsOf: (closed) => calendars.of(closed),
    },
  };
}

/** A row as it is printed. */
export function rowView(row: Readonly<SimulatedRow>): RowView {
  return {
    schedule: row.id,
    slotAt: toInstant(row.slotAtMs),
    firstSlotAt: toInstant(row.firstSlotAtMs),
    startedAt: toInstantOrNull(row.startedAtMs),
    outcome: row.outcome,
    coalesced: row.coalesced,
    reason: row.reason,
  };
}

/**
 * The ledger of a question, all that its calendars close taken into account.
 *
 * @throws RefusedError `invalid` with every fault, or `too-large`.
 */
export async function simulated(
  question: Question,
  clock: Clock,
  calendars: Calendars,
  places: Places,
): Promise<readonly Readonly<SimulatedRow>[]> {
  await refuseQuestion(question, calendars, places);
  const simulation = simulationOf(question, clock.zone(), calendars);
  const closed = [
    ...question.hours.map((profile) => profile.closed),
    ...question.schedules.map(({ hours }) => ownClosed(hours)),
  ];
  await calendars.prepare(closed, question.toMs);
  // Counting asks for every year there is to know, and takes a fraction of the time.
  const count = await askUntilKnown(calendars, () => slotCount(simulation, mostSlots));
  if (count > mostSlots)
    throw new RefusedError(
      'too-large',
      `There are over ${mostSlots.toLocaleString('en')} slots between from and to; choose a shorter time or fewer schedules.`,
    );
  return askUntilKnown(calendars, () => simulate(simulation));
}
