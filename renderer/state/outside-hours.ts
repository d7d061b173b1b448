import type { Schedule } from '../../contract/schedule.ts';
import { call } from './client.ts';

const stepMs = 10_000;
const always = 'always';

/** When main says a slot every ten seconds would come next in these hours; null: never, or unknown. */
async function nextMoment(document: Schedule, hours: Schedule['hours']): Promise<number | null> {
  const { timezone } = document;
  const result = await call('previewSchedule', {
    schedule: {
      trigger: { kind: 'interval', every: '10s' },
      outside: 'skip',
      ...(timezone === undefined ? {} : { timezone }),
      ...(hours === undefined ? {} : { hours }),
    },
    count: 1,
  });
  const at = result.ok ? result.value.next[0]?.at : undefined;
  return at === undefined ? null : Date.parse(at);
}

/**
 * Whether a schedule's hours are closed now, as main judges it: a slot every ten seconds comes later
 * in its hours than without any. Where main can't say, the answer is no, and nobody is asked.
 */
export async function isOutsideHours(document: Schedule): Promise<boolean> {
  if (document.hours === always) return false;
  const [inHours, anyTime] = await Promise.all([
    nextMoment(document, document.hours),
    nextMoment(document, always),
  ]);
  if (anyTime === null) return false;
  return inHours === null || inHours - anyTime > stepMs;
}
