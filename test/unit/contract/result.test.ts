import { describe, expect, it } from 'vitest';
import { nameText, pathText } from '../../../contract/faults.ts';
import { invalid, RefusedError } from '../../../contract/result.ts';

describe('contract/result', () => {
  it('keeps a message and its faults as they are', () => {
    const fault = { path: 'schedules[0].name', message: 'give it a name' };
    const refusal = invalid([fault]);
    expect(refusal.message).toBe('schedules[0].name: give it a name');
    expect(refusal.path).toBe('schedules[0].name');
    expect(refusal.faults).toEqual([fault]);
  });

  it('makes one line of whatever a message quotes', () => {
    const refusal = new RefusedError('invalid', 'a\r\n\u2028b\u0000c', [
      { path: 'x\ny', message: 'z\n' },
    ]);
    expect([refusal.message, refusal.path]).toEqual(['a b c', 'x y']);
    expect(refusal.faults).toEqual([{ path: 'x y', message: 'z ' }]);
  });

  it('cuts what nobody would read', () => {
    const refusal = invalid([{ path: 'p'.repeat(2_000), message: 'm'.repeat(5_000_000) }]);
    expect(refusal.message).toBe(`${'p'.repeat(1_000)}…`);
    expect(refusal.faults).toEqual([
      { path: `${'p'.repeat(1_000)}…`, message: `${'m'.repeat(1_000)}…` },
    ]);
  });
});

describe('contract/faults', () => {
  it('names a place with names no longer than any field’s', () => {
    expect(pathText(['schedules', 0, 'name'])).toBe('schedules[0].name');
    expect(nameText('x'.repeat(100))).toBe('x'.repeat(100));
    expect(pathText(['a', 'x'.repeat(1_000_000)])).toBe(`a.${'x'.repeat(100)}…`);
  });
});
