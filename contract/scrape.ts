import { z } from 'zod';

const selectorSchema = z.string().min(1, 'write a CSS selector').max(1000);

/** How one field is read from an item; `select` left out means the item itself. */
export const fieldRuleSchema = z.strictObject({
  select: selectorSchema.optional(),
  attr: z.string().min(1).max(200).optional(),
  pattern: z.string().min(1).max(1000).optional(),
  as: z.enum(['text', 'number', 'date', 'url', 'boolean']).optional(),
  format: z.string().min(1).max(100).optional(),
  locale: z.string().min(1).max(35).optional(),
  many: z.boolean().optional(),
  required: z.boolean().optional(),
});

/** How one field is read. */
export type FieldRule = z.infer<typeof fieldRuleSchema>;

/** A field: a selector alone, or its whole rule. */
export const fieldSchema = z.union([selectorSchema, fieldRuleSchema]);

/** A field name: a letter, then letters, digits, `_` and `-`; a leading `_` is kept for Jackdaw's own columns. */
export const fieldNameSchema = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,63}$/,
    'name a field with a letter, then letters, digits, _ or -',
  );

const httpUrlSchema = z
  .string()
  .max(4096)
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    return url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
  }, 'write a whole address that begins with http:// or https://');

/** A scrape of web pages: which page, what the records are, what to read of each. */
export const pageScrapeSchema = z
  .strictObject({
    kind: z.literal('page'),
    url: httpUrlSchema,
    items: selectorSchema.optional(),
    fields: z
      .record(fieldNameSchema, fieldSchema)
      .refine((fields) => Object.keys(fields).length > 0, 'name at least one field')
      .refine((fields) => Object.keys(fields).length <= 100, 'name at most 100 fields'),
    next: selectorSchema.optional(),
    maxPages: z.int().min(1).max(1000).default(50),
    key: fieldNameSchema.optional(),
  })
  .superRefine((scrape, context) => {
    if (scrape.key !== undefined && !Object.hasOwn(scrape.fields, scrape.key))
      context.addIssue({
        code: 'custom',
        path: ['key'],
        message: `names the field ${scrape.key}, which isn't among the fields; add it or leave key out`,
      });
  });

/** A scrape of web pages. */
export type PageScrape = z.infer<typeof pageScrapeSchema>;

/** What a schedule scrapes. One kind today; the others come later under the same key. */
export const scrapeSchema = z.discriminatedUnion(
  'kind',
  [pageScrapeSchema],
  'has no kind known here; use page',
);

/** What a schedule scrapes. */
export type Scrape = z.infer<typeof scrapeSchema>;

/** A value read from a page; a field with `many` gives a list. */
export const fieldValueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string(), z.number(), z.boolean()])),
]);

/** A value read from a page. */
export type FieldValue = z.infer<typeof fieldValueSchema>;

/** One record as it was read: its fields in their order. */
export type ScrapedRecord = Readonly<Record<string, FieldValue>>;
