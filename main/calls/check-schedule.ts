import { invalid, RefusedError, type ErrorCode, type Fault } from '../../contract/result.ts';
import type { Schedule } from '../../contract/schedule.ts';
import { checkRhythm } from '../schedule/check.ts';
import { checkScrape } from '../scrape/check-scrape.ts';
import type { ChainFaults } from './check-chains.ts';

type CodedFault = Fault & { readonly code?: ErrorCode };

/** Whether a schedule's named hours exist; what closes its own is read elsewhere (calls/calendars). */
function hoursFaults(
  schedule: Schedule,
  at: (path: string) => string,
  profiles: ReadonlySet<string>,
): readonly CodedFault[] {
  const { hours } = schedule;
  if (hours === undefined || hours === 'always') return [];
  if (typeof hours === 'object' || profiles.has(hours)) return [];
  return [
    {
      path: at('hours'),
      message: `names the hours ${hours}, which don't exist; add them, or write always`,
      code: 'invalid',
    },
  ];
}

/**
 * Everything wrong with a schedule that its shape doesn't show, with paths below `prefix`. What is wrong
 * with chains takes all schedules to see (`chainFaults`); left out, it isn't looked at.
 */
export function scheduleFaults(
  schedule: Schedule,
  profiles: ReadonlySet<string>,
  prefix = '',
  chains: ChainFaults = new Map(),
): readonly CodedFault[] {
  const at = (path: string): string => (prefix === '' ? path : `${prefix}.${path}`);
  const chain = chains.get(schedule.id);
  return [
    ...checkRhythm(schedule, prefix),
    ...hoursFaults(schedule, at, profiles),
    ...checkScrape(schedule.scrape, at('scrape')),
    ...(chain === undefined
      ? []
      : [{ path: at('after.schedule'), message: chain, code: 'invalid' as const }]),
  ];
}

/** Refuses an input with these faults; does nothing where there are none. */
export function refuseFaults(faults: readonly CodedFault[]): void {
  const [first] = faults;
  if (first === undefined) return;
  const plain = faults.map(({ path, message }) => ({ path, message }));
  const refusal = invalid(plain);
  throw new RefusedError(first.code ?? 'invalid', refusal.message, plain);
}
