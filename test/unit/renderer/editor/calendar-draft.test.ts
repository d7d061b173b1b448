import { describe, expect, it } from 'vitest';
import {
  anotherTime,
  dayWords,
  withDays,
} from '../../../../renderer/views/editor/calendar-draft.ts';

describe('editor/calendar-draft', () => {
  it('keeps the entries of the other kinds, each once and in order', () => {
    const on = ['fri#last', 15, 'wed', 'mon', 'mon', 'last'];
    expect(withDays(on, 'weekday', ['sun', 'mon'])).toEqual(['mon', 'sun', 15, 'last', 'fri#last']);
    expect(withDays(on, 'monthDay', [31, 1])).toEqual(['mon', 'wed', 1, 31, 'fri#last']);
    expect(withDays(on, 'nth', [])).toEqual(['mon', 'wed', 15, 'last']);
  });

  it('calls days as people do', () => {
    expect(['tue', 1, 2, 3, 11, 12, 13, 22, 31, 'last', 'mon#1', 'fri#last'].map(dayWords)).toEqual(
      [
        'Tuesday',
        'the 1st',
        'the 2nd',
        'the 3rd',
        'the 11th',
        'the 12th',
        'the 13th',
        'the 22nd',
        'the 31st',
        'the last day',
        'the first Monday',
        'the last Friday',
      ],
    );
  });

  it('begins another time an hour on, past those that are taken', () => {
    expect(anotherTime(['09:00', '14:30'])).toBe('15:00');
    expect(anotherTime(['10:00', '09:00'])).toBe('11:00');
    expect(anotherTime(['soon'])).toBe('09:00');
    expect(anotherTime(['23:30'])).toBe('00:00');
  });
});
