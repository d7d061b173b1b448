import fc from 'fast-check';
import { z } from 'zod';

/** As much of a JSON Schema as zod writes for the contract. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

/**
 * Values that a field of this name has in life, to be drawn more often than any that its schema allows:
 * no pattern says which schedules there are.
 */
export type Words = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** The most entries of a list or a group, however many are allowed. */
const most = 4;

function text({ pattern, minLength = 0, maxLength = 40 }: JsonSchema): fc.Arbitrary<unknown> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength, maxLength: Math.min(maxLength, 40) });
}

function number({ type, minimum, maximum }: JsonSchema): fc.Arbitrary<unknown> {
  const min = Math.max(minimum ?? -1_000, -1e9);
  const max = Math.min(maximum ?? 1_000, 1e9);
  return type === 'integer' ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
}

function group(schema: JsonSchema, words: Words): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  if (typeof additionalProperties === 'object') {
    const names = valuesOf(propertyNames ?? { type: 'string' }, {}) as fc.Arbitrary<string>;
    const values = valuesOf(additionalProperties, words);
    return fc.dictionary(names, values, { maxKeys: most, noNullPrototype: true });
  }
  const fields = Object.entries(properties).map(
    ([name, field]) => [name, fieldOf(name, field, words)] as const,
  );
  return fc.record<Record<string, unknown>>(Object.fromEntries(fields), {
    requiredKeys: [...required],
    noNullPrototype: true,
  });
}

function fieldOf(name: string, schema: JsonSchema, words: Words): fc.Arbitrary<unknown> {
  const own = valuesOf(schema, words);
  const known = Object.hasOwn(words, name) ? words[name] : undefined;
  if (known === undefined || schema.const !== undefined) return own;
  return fc.oneof({ weight: 30, arbitrary: known }, { weight: 1, arbitrary: own });
}

function list({ items = {}, minItems = 0, maxItems = most }: JsonSchema, words: Words) {
  const maxLength = Math.max(minItems, Math.min(maxItems, most));
  return fc.array(valuesOf(items, words), { minLength: minItems, maxLength });
}

/** Values that a JSON Schema allows; what its schema in zod checks beyond that, they may fail. */
export function valuesOf(schema: JsonSchema, words: Words): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return fc.oneof(...branches.map((one) => valuesOf(one, words)));
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type: string) => valuesOf({ ...schema, type }, words)));
  switch (schema.type) {
    case 'object':
      return group(schema, words);
    case 'array':
      return list(schema, words);
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return number(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.anything({ maxDepth: 2 });
  }
}

/** The JSON Schema of what may be passed where zod checks it. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}
