import { scheduleSchema } from '../../../contract/schedule.ts';
import type { HoursProfile } from '../../../contract/hours.ts';
import { defaultSettings } from '../../../contract/settings.ts';
import type { World } from '../../../main/scheduler/plan.ts';
import type { StoredSchedule } from '../../../main/store/schedules.ts';
import { seededRandom } from '../../support/seed.ts';
import { twentyHolidays, zone } from './questions.ts';

/** Where the hours of the schedules come from. */
export type HoursMix = 'profiles' | 'own';

/** How many distinct expressions the schedules share. */
export const expressionCount = 200;

/** Cron expressions, all different, of the kinds people write; each meets office hours some day. */
export const expressions: readonly string[] = Array.from(
  { length: expressionCount },
  (_, index) => {
    const minute = Math.floor(index / 5);
    const hour = 9 + (minute % 3);
    const kinds = [
      `${String(minute)} * * * *`,
      `${String(minute)},${String(minute + 20)} 8-18 * * *`,
      `${String(minute)} ${String(hour)} * * 1-5`,
      `${String(minute)} ${String(hour)},${String(hour + 6)} * * *`,
      `*/${String(5 + (minute % 25))} ${String(hour)}-${String(14 + (minute % 2))} * * *`,
    ];
    return kinds[index % kinds.length] ?? '* * * * *';
  },
);

const day = ['09:00-12:30', '13:30-17:00'];

/** Office hours, shifted a little by their number, with twenty excluded dates. */
function someHours(index: number) {
  return {
    week: {
      mon: day,
      tue: day,
      wed: day,
      thu: day,
      fri: [`0${String(index % 10)}:00-17:00`],
    },
    closed: { dates: [...twentyHolidays] },
  };
}

/** Ten profiles of hours. */
function profiles(): ReadonlyMap<string, HoursProfile> {
  return new Map(
    Array.from({ length: 10 }, (_, index) => {
      const id = `profile-${String(index)}`;
      return [id, { id, name: `Profile ${String(index)}`, ...someHours(index) }];
    }),
  );
}

/** A host's world: ten profiles, every schedule in the host's zone. */
export function worldIn(hostZone: string = zone): World {
  return {
    zone: hostZone,
    settings: defaultSettings,
    profiles: profiles(),
    calendarsOf: () => [],
  };
}

/** The instant everything is judged up to, before some seconds at random. */
const judgedMs = Date.UTC(2026, 5, 15, 12);

/**
 * Schedules as they come from the database, each document read from its own text. None names a zone,
 * so that all of them follow the host's.
 */
export function storedSchedules(count: number, mix: HoursMix): readonly StoredSchedule[] {
  const random = seededRandom(7);
  return Array.from({ length: count }, (_, index) => {
    const written = {
      id: `schedule-${String(index)}`,
      name: `Schedule ${String(index)}`,
      trigger: { kind: 'cron', expression: expressions[index % expressionCount] },
      hours: mix === 'own' ? someHours(index) : `profile-${String(index % 10)}`,
      scrape: {
        kind: 'page',
        url: `https://example.com/pages/${String(index)}`,
        items: 'article',
        fields: { title: 'h2', url: { select: 'a', attr: 'href' } },
        key: 'url',
      },
    };
    return {
      number: index + 1,
      document: scheduleSchema.parse(JSON.parse(JSON.stringify(written))),
      createdAtMs: judgedMs,
      handledUntilMs: judgedMs - Math.floor(random() * 60_000),
      pause: null,
      failures: 0,
      succeededAtMs: null,
      changedAtMs: null,
      usualFromMs: null,
    };
  });
}
