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
