import { describe, expect, it } from 'vitest';
import { takeToken, type TokenWindow } from '../../../../renderer/bridge/token.ts';

/** A tab that was opened at an address, and what became of the address. */
function aTab(hash: string, kept: Readonly<Record<string, string>> = {}) {
  const stored = new Map(Object.entries(kept));
  const shown: string[] = [];
  const tab: TokenWindow = {
    location: { hash, pathname: '/', search: '' },
    history: { replaceState: (_data, _unused, url) => void shown.push(String(url)) },
    sessionStorage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
    },
  };
  return { tab, shown, stored };
}

describe('renderer/bridge/token', () => {
  it('takes the token out of the link, keeps it for this tab, and clears the address', () => {
    const { tab, shown, stored } = aTab('#token=abc_DEF-123');
    expect(takeToken(tab)).toBe('abc_DEF-123');
    expect(shown).toEqual(['/']);
    expect([...stored.values()]).toEqual(['abc_DEF-123']);
  });

  it('still has it after a reload, and leaves the address alone', () => {
    const first = aTab('#token=abc');
    takeToken(first.tab);
    const again = aTab('#/runs?outcome=failed', Object.fromEntries(first.stored));
    expect(takeToken(again.tab)).toBe('abc');
    expect(again.shown).toEqual([]);
  });

  it('prefers a newer link’s token to the kept one', () => {
    const { tab } = aTab('#token=new', { 'jackdaw-token': 'old' });
    expect(takeToken(tab)).toBe('new');
  });

  it('is empty where nobody gave one', () => {
    expect(takeToken(aTab('').tab)).toBe('');
  });
});
