import { RefusedError, type Result } from '../../contract/result.ts';

/** The value of a result. @throws RefusedError where it is a refusal. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new RefusedError(result.code, result.message, result.faults ?? []);
}
