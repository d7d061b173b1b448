import { z } from 'zod';
import { tryOutSchema } from '../../contract/calls.ts';
import { fieldNameSchema, fieldValueSchema } from '../../contract/scrape.ts';
import { keptPageBytes } from './limits.ts';
import type { ChildMessage } from './messages.ts';

const text = z.string().max(10_000);
const url = z
  .string()
  .max(20_000)
  .refine((one) => URL.canParse(one));
const count = z.int().min(0);
const header = z.string().max(100_000).nullable();
const bytes = z.instanceof(Uint8Array);

const keptBytes = bytes.refine(({ length }) => length <= keptPageBytes);

const carriedPageSchema = z.object({ contentType: header, finalUrl: url, body: bytes });

const verdictSchema = z.object({
  outcome: z.enum(['success', 'partial', 'attention', 'failed']),
  reason: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .nullable(),
  message: text.nullable(),
  network: z.boolean(),
  retryable: z.boolean(),
  retryAfterMs: z.number().min(0).nullable(),
});

const messageSchema: z.ZodType<ChildMessage> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('leave'), id: count, url, conditional: z.boolean() }),
  z.object({ type: z.literal('robots'), id: count, origin: url }),
  z.object({
    type: z.literal('robots-read'),
    origin: url,
    body: z.string().max(4_000_000).nullable(),
    failed: z.boolean(),
  }),
  z.object({ type: z.literal('kept-page'), id: count, url }),
  z.object({
    type: z.literal('log'),
    level: z.enum(['info', 'warning', 'error']),
    message: z.string(),
  }),
  z.object({
    type: z.literal('page'),
    records: z.array(z.record(fieldNameSchema, fieldValueSchema)),
    notModified: z.boolean(),
    bytes: count,
    keep: z
      .object({
        url,
        page: carriedPageSchema.extend({ etag: header, lastModified: header, body: keptBytes }),
      })
      .nullable(),
  }),
  z.object({ type: z.literal('end'), verdict: verdictSchema }),
  z.object({ type: z.literal('tried'), tryOut: tryOutSchema, page: carriedPageSchema.nullable() }),
]);

/**
 * A child's message, or null where it hasn't the shape of one: a page may have taken the child over, so
 * nothing it says is used unchecked.
 */
export function checkMessage(message: unknown): ChildMessage | null {
  const checked = messageSchema.safeParse(message);
  return checked.success ? checked.data : null;
}
