import type { Hours } from '../../contract/hours.ts';
import type { ErrorCode, Fault } from '../../contract/result.ts';
import type { Schedule } from '../../contract/schedule.ts';
import { cronFaults } from './cron-grammar.ts';

/** A fault with the code it is refused with: `invalid`, or `unsupported` for what comes later. */
export interface CodedFault extends Fault {
  readonly code: Extract<ErrorCode, 'invalid' | 'unsupported'>;
}

function at(prefix: string, path: string): string {
  return prefix === '' ? path : `${prefix}.${path}`;
}

/**
 * What is wrong with a schedule's rhythm beyond its shape, with the path below `prefix`
 * (`schedules[0]`, or empty) and the remedy: a cron expression that can't be read, or a one time in
 * UTC instead of the schedule's zone. Empty where nothing is.
 */
export function checkRhythm(
  schedule: Pick<Schedule, 'trigger'>,
  prefix: string,
): readonly CodedFault[] {
  const { trigger } = schedule;
  if (trigger?.kind === 'cron')
    return cronFaults(trigger.expression, at(prefix, 'trigger.expression')).map((fault) => ({
      ...fault,
      code: 'invalid',
    }));
  if (trigger?.kind !== 'once' || !trigger.at.endsWith('Z')) return [];
  const message = "is in UTC; leave out the Z and write the time in the schedule's zone";
  return [{ path: at(prefix, 'trigger.at'), message, code: 'invalid' }];
}

/**
 * What is wrong with active hours beyond their shape, with the path below `prefix` (`hours[0]`) and
 * the remedy: holidays and calendars aren't kept by this version. Empty where nothing is.
 */
export function checkHours(hours: Pick<Hours, 'closed'>, prefix: string): readonly CodedFault[] {
  const faults: CodedFault[] = [];
  const refuse = (field: string, message: string): void => {
    faults.push({ path: at(prefix, `closed.${field}`), message, code: 'unsupported' });
  };
  if (hours.closed?.holidays !== undefined)
    refuse('holidays', 'is not kept by this version; write the days off in closed.dates instead');
  if (hours.closed?.ics !== undefined)
    refuse('ics', 'is not kept by this version; write the days off in closed.dates instead');
  return faults;
}
