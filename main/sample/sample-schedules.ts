import type { Week } from '../../contract/hours.ts';
import { scheduleSchema, type Schedule } from '../../contract/schedule.ts';
import { weekdays } from '../../contract/trigger.ts';

/** The ids of the sample's schedules; adding the sample again leaves those that are there alone. */
export const sampleIds = ['sample-every-minute', 'sample-closed-now'] as const;

/** What the sample's schedules depend on. */
export interface SampleQuestion {
  /** The site's address, as the sample server answered it. */
  readonly url: string;
  /** Now, in epoch milliseconds. */
  readonly now: number;
  /** The zone schedules have that name none. */
  readonly timezone: string;
}

/** How many full hours lie between now and the next opening of the schedule that is closed. */
const closedForHours = 4;
const openForHours = 3;

function hourOf(now: number, timezone: string): number {
  const format = new Intl.DateTimeFormat('en', {
    hour: 'numeric',
    hourCycle: 'h23',
    timeZone: timezone,
  });
  return Number.parseInt(format.format(now), 10);
}

/** One window each day that is hours away now; a clock change brings it an hour nearer at the most. */
function weekClosedNow(now: number, timezone: string): Week {
  const clockTime = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`;
  const opens = hourOf(now, timezone) + closedForHours + 1;
  const closes = opens + openForHours;
  const window = `${clockTime(opens)}-${closes % 24 === 0 ? '24:00' : clockTime(closes)}`;
  return Object.fromEntries(weekdays.map((day) => [day, [window]]));
}

/**
 * The two schedules that show a newcomer what Jackdaw does: one runs every minute, always; the other
 * has hours that are closed now and stay so for hours, so that its "why then?" shows.
 */
export function sampleSchedules({
  url,
  now,
  timezone,
}: SampleQuestion): readonly [Schedule, Schedule] {
  const scrape = {
    kind: 'page',
    url,
    items: 'article.thing',
    fields: {
      name: 'h2 a',
      price: { select: '.price', as: 'number' },
      place: { select: '.place', pattern: 'found at (.+)' },
      url: { select: 'h2 a', attr: 'href' },
    },
    key: 'url',
  };
  return [
    scheduleSchema.parse({
      id: sampleIds[0],
      name: 'Sample: every minute',
      description:
        'Reads a little shop that Jackdaw serves itself, on this computer. Delete it when you have seen enough.',
      tags: ['sample'],
      trigger: { kind: 'interval', every: '1m' },
      hours: 'always',
      scrape,
    }),
    scheduleSchema.parse({
      id: sampleIds[1],
      name: 'Sample: closed now',
      description: 'Reads the same shop, in its hours only. Ask its next run why it is so late.',
      tags: ['sample'],
      trigger: { kind: 'interval', every: '10m' },
      hours: { week: weekClosedNow(now, timezone) },
      scrape,
    }),
  ];
}

/**
 * The same schedule at the address the site has now, or null where it is right already or where the
 * user has sent the schedule to another site.
 */
export function atSampleUrl(schedule: Schedule, url: string): Schedule | null {
  const from = new URL(schedule.scrape.url);
  const to = new URL(url);
  const ours = sampleIds.some((id) => id === schedule.id) && from.hostname === to.hostname;
  if (!ours || from.port === to.port) return null;
  return { ...schedule, scrape: { ...schedule.scrape, url: new URL(from.pathname, to).href } };
}
