import { describe, expect, it } from 'vitest';
import { freeIdFromName, idFromName } from '../../../../renderer/forms/id-from-name.ts';

describe('forms/id-from-name', () => {
  it.each([
    ['Flink blog', 'flink-blog'],
    ['  Preise: Größe & Maß  ', 'preise-grosse-mass'],
    ['Café №1', 'cafe-no1'],
    ['東京', ''],
    ['long '.repeat(20), 'long-'.repeat(13).slice(0, 64)],
  ])('makes of %j the id %j', (name, id) => {
    expect(idFromName(name)).toBe(id);
  });

  it('counts up where the id is taken, and has a word where the name gives none', () => {
    expect(freeIdFromName('Posts', new Set(['posts', 'posts-2']), 'schedule')).toBe('posts-3');
    expect(freeIdFromName('東京', new Set(['schedule']), 'schedule')).toBe('schedule-2');
    expect(freeIdFromName(' ', new Set(), 'schedule')).toBe('');
  });
});
