import type { ScheduleInput } from '../../../contract/schedule.ts';

/** The zone all contenders keep: their rounds are in New York, where clocks change. */
export const zone = 'America/New_York';

/** A cron expression with seconds that is due at this instant (epoch ms) in New York, and once a day. */
export function dailyAt(dueMs: number): string {
  const local = new Date(dueMs).toLocaleTimeString('en-GB', { timeZone: zone });
  const [hour = '0', minute = '0', second = '0'] = local
    .split(':')
    .map((part) => String(Number(part)));
  return `${second} ${minute} ${hour} * * *`;
}

/** So many schedules with this expression, each of a host of its own. */
export function schedulesWith(count: number, expression: string): readonly ScheduleInput[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `schedule-${String(index)}`,
    name: `Schedule ${String(index)}`,
    timezone: zone,
    trigger: { kind: 'cron', expression },
    scrape: {
      kind: 'page',
      url: `https://host-${String(index)}.example/news`,
      items: 'article',
      fields: { title: 'h2', url: { select: 'a', attr: 'href' } },
      key: 'url',
    },
  }));
}

const startedMs = Date.now() - performance.now();

/** The wall clock with fractions of a millisecond. */
export function wallMs(): number {
  return startedMs + performance.now();
}
