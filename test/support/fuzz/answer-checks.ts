import { expect } from 'vitest';
import type { z } from 'zod';
import { calls as contract } from '../../../contract/calls.ts';
import type { CallName } from '../../../contract/names.ts';
import { errorCodes, faultSchema, type ErrorCode, type Result } from '../../../contract/result.ts';

/** The codes that a call may be refused with; `internal` is a fault of Jackdaw's. */
const refusalCodes: readonly ErrorCode[] = errorCodes.filter((code) => code !== 'internal');

/** A sentence, not a novel, whatever it quotes. */
const longestMessage = 1_001;

/** Fails unless a refusal is one of the contract's: a code, one sentence, faults with their places. */
export function expectRefusal(result: Result<unknown>): void {
  if (result.ok) throw new Error('answered, and not refused');
  expect(refusalCodes, result.message).toContain(result.code);
  expect(result.message).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]{5,}$/u);
  expect(result.message.length).toBeLessThanOrEqual(longestMessage);
  const { faults = [] } = result;
  for (const fault of faults) {
    expect(faultSchema.strict().parse(fault)).toEqual(fault);
    expect(Math.max(fault.path.length, fault.message.length)).toBeLessThanOrEqual(longestMessage);
  }
  expect(result.path).toBe(faults[0]?.path);
}

/** Fails unless an answer is the contract's, and nothing more, as it crosses the wire. */
export function expectAnswer(name: CallName, value: unknown): void {
  const read = (contract[name].output as z.ZodType).safeParse(value);
  expect(read.error?.issues ?? [], name).toEqual([]);
  expect(read.data, name).toEqual(value);
}
