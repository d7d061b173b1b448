import { call } from './client.ts';

/**
 * Whether a schedule's hours are closed now, as main judges it. Where main can't say, the answer is
 * no, and nobody is asked.
 */
export async function isOutsideHours(id: string): Promise<boolean> {
  const result = await call('getSchedule', { id });
  return result.ok && !result.value.open;
}
