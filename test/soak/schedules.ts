import type { HoursProfile } from '../../contract/hours.ts';
import type { Schedule, ScheduleInput } from '../../contract/schedule.ts';
import { aSchedule } from '../support/builders.ts';
import { officeHours } from '../support/busy-app.ts';

/** The hours that schedules of the soak keep. */
export const soakHours: readonly HoursProfile[] = [
  officeHours,
  { id: 'nights', name: 'Nights', week: { mon: ['22:00-04:00'], thu: ['22:00-04:00'] } },
  { id: 'halves', name: 'Half days', week: { tue: ['08:00-12:00'], sat: ['09:15-13:45'] } },
];

const given: readonly (Partial<ScheduleInput> & { readonly id: string })[] = [
  { id: 'often', trigger: { kind: 'interval', every: '15m' } },
  { id: 'plain', trigger: { kind: 'interval', every: '30m' } },
  { id: 'office', trigger: { kind: 'interval', every: '30m' }, hours: 'office' },
  {
    id: 'deferred',
    trigger: { kind: 'interval', every: '20m' },
    hours: 'nights',
    outside: 'defer',
  },
  {
    id: 'berlin',
    trigger: { kind: 'cron', expression: '*/40 8-20 * * 1-5' },
    timezone: 'Europe/Berlin',
  },
  {
    id: 'thrice',
    trigger: { kind: 'calendar', at: ['06:30', '12:00', '23:45'] },
    timezone: 'America/New_York',
  },
  { id: 'jittered', trigger: { kind: 'interval', every: '2h' }, jitter: '10m' },
  { id: 'chained', trigger: undefined, after: { schedule: 'plain', on: 'change' } },
  { id: 'queued', trigger: { kind: 'interval', every: '1h' }, overlap: 'queue' },
  { id: 'enough', trigger: { kind: 'interval', every: '30m' }, hours: 'halves', enough: 'success' },
  { id: 'flaky', trigger: { kind: 'interval', every: '1h' }, pauseAfterFailures: 4 },
  { id: 'all', trigger: { kind: 'interval', every: '2h' }, missed: { policy: 'all' } },
  { id: 'skipped', trigger: { kind: 'interval', every: '1h' }, missed: { policy: 'skip' } },
  { id: 'cut', trigger: { kind: 'interval', every: '15m' }, hours: 'halves', atClose: 'abort' },
  { id: 'days', trigger: { kind: 'interval', every: '2d', from: '2026-11-20', at: '09:00' } },
  {
    id: 'holidays',
    trigger: { kind: 'interval', every: '1h' },
    hours: { week: { wed: ['00:00-24:00'] }, closed: { dates: ['2027-01-06'] } },
  },
];

/** The schedules of the soak: every trigger, policy and kind of hours that there is, some 400 runs a day. */
export const soakSchedules: readonly Schedule[] = given.map((one) =>
  aSchedule({ name: `The ${one.id}`, ...one }),
);
