import type { Hours } from '../../contract/hours.ts';
import { invalid, RefusedError, type ErrorCode, type Fault } from '../../contract/result.ts';
import type { Schedule } from '../../contract/schedule.ts';
import { durationMs } from '../../contract/time.ts';
import { checkHours, checkRhythm } from '../schedule/check.ts';
import { checkScrape } from '../scrape/check-scrape.ts';

type CodedFault = Fault & { readonly code?: ErrorCode };

/** Parts of the file's format that this version can't carry out, each with what to write instead. */
function unsupported(schedule: Schedule, at: (path: string) => string): readonly CodedFault[] {
  const missing: readonly (readonly [boolean, string, string])[] = [
    [schedule.after !== undefined, 'after', 'chains'],
    [schedule.enough !== undefined, 'enough', 'stopping once it is enough'],
    [schedule.atClose !== 'finish', 'atClose', 'ending runs at the close'],
    [durationMs(schedule.jitter) > 0, 'jitter', 'jitter'],
    [Object.keys(schedule.conditions).length > 0, 'conditions', 'conditions'],
  ];
  return missing
    .filter(([given]) => given)
    .map(([, path, words]) => ({
      path: at(path),
      message: `isn't carried out by this version, which has no ${words} yet; leave it out`,
      code: 'unsupported',
    }));
}

/** Whether a schedule's own or named hours exist, and can be kept. */
function hoursFaults(
  schedule: Schedule,
  at: (path: string) => string,
  profiles: ReadonlySet<string>,
): readonly CodedFault[] {
  const { hours } = schedule;
  if (hours === undefined || hours === 'always') return [];
  if (typeof hours === 'object') return checkHours(hours, at('hours'));
  if (profiles.has(hours)) return [];
  return [
    {
      path: at('hours'),
      message: `names the hours ${hours}, which don't exist; add them, or write always`,
      code: 'invalid',
    },
  ];
}

/** Everything wrong with a schedule that its shape doesn't show, with paths below `prefix`. */
export function scheduleFaults(
  schedule: Schedule,
  profiles: ReadonlySet<string>,
  prefix = '',
): readonly CodedFault[] {
  const at = (path: string): string => (prefix === '' ? path : `${prefix}.${path}`);
  return [
    ...checkRhythm(schedule, prefix),
    ...hoursFaults(schedule, at, profiles),
    ...checkScrape(schedule.scrape, at('scrape')),
    ...unsupported(schedule, at),
  ];
}

/** Everything wrong with active hours that their shape doesn't show. */
export function profileFaults(hours: Hours, prefix = ''): readonly CodedFault[] {
  return checkHours(hours, prefix);
}

/** Refuses an input with these faults; does nothing where there are none. */
export function refuseFaults(faults: readonly CodedFault[]): void {
  const [first] = faults;
  if (first === undefined) return;
  const plain = faults.map(({ path, message }) => ({ path, message }));
  const refusal = invalid(plain);
  throw new RefusedError(first.code ?? 'invalid', refusal.message, plain);
}
