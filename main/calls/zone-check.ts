import type { DoctorReport } from '../../contract/calls.ts';
import { isTimeZone } from '../../contract/time.ts';
import type { ZoneComparison } from '../../contract/zones.ts';
import { counted } from '../schedule/words.ts';
import { zoneRemedy } from '../schedule/zone-check.ts';
import { zoneDataVersion } from '../schedule/zone-data.ts';
import type { Context } from './context.ts';

type Check = DoctorReport['checks'][number];

const checkName = 'zone data';

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function comparedWords({ system, agreed, untold }: ZoneComparison): string {
  if (agreed === 0) return 'This system has no zone data of its own to compare it with.';
  const edition = system === null ? '' : ` (${system})`;
  const rest = untold.length === 0 ? '' : `; it can’t tell about ${untold.join(', ')}`;
  return `This system’s own${edition} agrees on ${counted(agreed, 'zone')} for 13 months${rest}.`;
}

/**
 * Doctor's look at zones: whether each schedule's is known here, and whether this computer's zone data
 * agrees with Jackdaw's. That the system can't tell is no fault.
 */
export async function zoneCheck({ scheduler, zones }: Context): Promise<Check> {
  const unknown = scheduler.book.all().filter(({ plan }) => !isTimeZone(plan.timezone));
  if (unknown.length > 0) {
    const names = unknown.map(({ stored }) => stored.document.id).join(', ');
    const finding = `These schedules are in a zone that isn't known here: ${names}.`;
    const remedy = 'Give them a zone such as Europe/Berlin.';
    return { check: checkName, ok: false, finding, remedy };
  }
  const comparison = await zones.compare();
  const { differences, system } = comparison;
  if (differences.length > 0) {
    const finding = differences.map(({ text }) => text).join(' ');
    return { check: checkName, ok: false, finding, remedy: sentence(zoneRemedy(system)) };
  }
  const here = `Zone data ${zoneDataVersion()}; the computer is in ${scheduler.facts().zone}.`;
  return {
    check: checkName,
    ok: true,
    finding: `${here} ${comparedWords(comparison)}`,
    remedy: null,
  };
}
