import { describe, expect, it } from 'vitest';
import { steppedTime, tidyTime } from '../../../../renderer/views/hours/wall-time.ts';

describe('hours/wall-time', () => {
  it.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['9.30', '09:30'],
    ['9:05', '09:05'],
    ['9pm', '21:00'],
    ['12 am', '00:00'],
    ['12:30pm', '12:30'],
    ['24', '24:00'],
    ['24:30', '24:30'],
    ['13pm', '13pm'],
    ['noon', 'noon'],
    ['', ''],
  ])('reads %j as %j', (typed, tidy) => {
    expect(tidyTime(typed)).toBe(tidy);
  });

  it('steps to the next quarter, and round the day', () => {
    expect(steppedTime('09:07', 15, '23:59')).toBe('09:15');
    expect(steppedTime('09:07', -15, '23:59')).toBe('09:00');
    expect(steppedTime('09:00', -15, '23:59')).toBe('08:45');
    expect(steppedTime('23:45', 15, '23:59')).toBe('00:00');
    expect(steppedTime('00:00', -15, '23:59')).toBe('23:45');
    expect(steppedTime('23:45', 15, '24:00')).toBe('24:00');
    expect(steppedTime('24:00', 15, '24:00')).toBe('00:00');
  });
});
