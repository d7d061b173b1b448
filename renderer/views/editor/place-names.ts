import { dayNames } from '../hours/week-shape.ts';
import type { ScheduleDraft } from './draft.ts';

const names: Readonly<Record<string, string>> = {
  name: 'Name',
  id: 'Id',
  description: 'Description',
  tags: 'Tags',
  timezone: 'Time zone',
  'scrape.url': 'Address',
  'scrape.items': 'Items',
  'scrape.fields': 'Fields',
  'scrape.next': 'Next page',
  'scrape.maxPages': 'Most pages',
  'scrape.key': 'Key',
  trigger: 'When',
  'trigger.every': 'Every',
  'trigger.anchor': 'Counted from',
  'trigger.from': 'First date',
  'trigger.at': 'Time of day',
  'trigger.calendar.times': 'Times of day',
  'trigger.calendar.on': 'Days',
  'trigger.calendar.months': 'Months',
  'trigger.once': 'Date and time',
  'trigger.after.schedule': 'After which schedule',
  'trigger.after.on': 'After which runs',
  'trigger.expression': 'Cron expression',
  hours: 'Active hours',
  'hours.own.dates': 'Excluded dates',
  'hours.own.holidays': 'Public holidays',
  'hours.own.ics': 'Calendar',
  outside: 'Outside the hours',
  jitter: 'Spread',
  'missed.grace': 'Grace',
  'retry.attempts': 'Attempts',
  'retry.backoff': 'First wait',
  'retry.factor': 'Wait grows by',
  'retry.max': 'Longest wait',
  pauseAfterFailures: 'Pause after failures',
  timeout: 'Time limit',
};

const partNames: Readonly<Record<string, string>> = {
  name: 'name',
  select: 'selector',
  attr: 'attribute',
  pattern: 'pattern',
  as: 'read as',
  format: 'date format',
  locale: 'language',
};

/** The name of a place, or of the nearest round it that has one. */
function nearestName(path: string): string | undefined {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const name = names[parts.slice(0, length).join('.')];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** What a place of the form is called where it is spoken of elsewhere: `Field title, selector`. */
export function placeName(path: string, draft: ScheduleDraft): string {
  const field = /^scrape\.fields\.(\d+)\.(\w+)$/.exec(path);
  if (field !== null) {
    const row = Number(field[1]);
    const name = draft.scrape.fields[row]?.name ?? '';
    const part = partNames[field[2] ?? ''] ?? field[2] ?? '';
    return `Field ${name === '' ? String(row + 1) : name}, ${part}`;
  }
  const time = /^trigger\.calendar\.times\.(\d+)$/.exec(path)?.[1];
  if (time !== undefined) return `Time ${String(Number(time) + 1)}`;
  const day = /^hours\.own\.week\.(\w+)/.exec(path)?.[1];
  if (day !== undefined) return Object.entries(dayNames).find(([key]) => key === day)?.[1] ?? day;
  return nearestName(path) ?? path;
}
