import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../main/scrape/check-message.ts';

const types = [
  'ready',
  'leave',
  'robots',
  'robots-read',
  'kept-page',
  'log',
  'page',
  'end',
  'tried',
];

describe('scrape/check-message', () => {
  it('lets nothing through but what it knows, whatever a child says', () => {
    const anything = fc.oneof(
      fc.anything({ withBigInt: true, withMap: true, withNullPrototype: true }),
      fc.record({ type: fc.constantFrom(...types), id: fc.anything(), url: fc.anything() }),
    );
    fc.assert(
      fc.property(anything, (message) => {
        const checked = checkMessage(message);
        return checked === null || types.includes(checked.type);
      }),
      { numRuns: 400 },
    );
  });

  it('takes only what belongs to a message', () => {
    const leave = { type: 'leave', id: 1, url: 'https://x.test/', conditional: true };
    expect(checkMessage({ ...leave, extra: 1 })).toEqual(leave);
  });

  it.each([
    ['a name of Jackdaw', { _run: 'x' }],
    ['no name', { '': 'x' }],
  ])('refuses a record with a field called %s', (_what, record) => {
    const message = { type: 'page', records: [record], notModified: false, bytes: 1, keep: null };
    expect(checkMessage(message)).toBeNull();
  });

  it('drops a field that would become the prototype', () => {
    const records = [JSON.parse('{"a": "x", "__proto__": {"b": "y"}}') as Record<string, string>];
    const message = { type: 'page', records, notModified: false, bytes: 1, keep: null };
    expect(checkMessage(message)).toEqual({ ...message, records: [{ a: 'x' }] });
  });

  it('refuses a message that refers to itself', () => {
    const message: Record<string, unknown> = { type: 'tried', page: null };
    message['tryOut'] = message;
    expect(checkMessage(message)).toBeNull();
  });
});
