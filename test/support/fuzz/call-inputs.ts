import fc from 'fast-check';
import type { z } from 'zod';
import { calls as contract } from '../../../contract/calls.ts';
import type { CallName } from '../../../contract/names.ts';
import { clonedValue, oddValue, withHoles } from './holes.ts';
import { jsonSchemaOf, valuesOf } from './schema-values.ts';
import { busyWords } from './words.ts';

/** What takes a copy of the whole database, or opens it afresh: it is really done now and then only. */
const heavy: ReadonlySet<CallName> = new Set(['backUp', 'restoreBackup', 'runDoctor', 'addSample']);

/**
 * Inputs of a call: as its schema has them, the same with a hole or a few, and anything at all. `wire`
 * says what the transport can carry.
 */
export function inputsOf(name: CallName, wire: 'clone' | 'json'): fc.Arbitrary<unknown> {
  const schema: z.ZodType = contract[name].input;
  const right = valuesOf(jsonSchemaOf(schema), busyWords);
  const isHeavy = heavy.has(name);
  return fc.oneof(
    { weight: isHeavy ? 1 : 40, arbitrary: right },
    { weight: 40, arbitrary: withHoles(right) },
    { weight: isHeavy ? 59 : 20, arbitrary: wire === 'clone' ? clonedValue : oddValue },
  );
}

/** A name of a call, or what comes in its place. */
export const anyName: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    'getEverything',
    '__proto__',
    'constructor',
    'toString',
    '',
    'getStatus ',
  ),
  fc.string({ maxLength: 100 }),
  oddValue,
  clonedValue,
);
