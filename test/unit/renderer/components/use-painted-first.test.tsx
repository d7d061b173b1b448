import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { usePaintedFirst } from '../../../../renderer/components/use-painted-first.ts';

const frameMs = 16;

function pass(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

function show(value: string) {
  return renderHook(({ of }) => usePaintedFirst(of), { initialProps: { of: value } });
}

describe('renderer/components/use-painted-first', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    cleanup();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('gives what it began with at once, and what follows after a frame', () => {
    const { result, rerender } = show('one');
    expect(result.current).toBe('one');
    rerender({ of: 'two' });
    expect(result.current).toBe('one');
    pass(frameMs);
    expect(result.current).toBe('one');
    pass(1);
    expect(result.current).toBe('two');
  });

  it('gives the last of several within a frame, and waits no longer for it', () => {
    const { result, rerender } = show('one');
    rerender({ of: 'two' });
    pass(frameMs - 1);
    rerender({ of: 'three' });
    pass(2);
    expect(result.current).toBe('three');
    pass(1_000);
    expect(result.current).toBe('three');
  });

  it('follows within a tenth of a second where nothing is painted', () => {
    vi.spyOn(window, 'requestAnimationFrame').mockReturnValue(0);
    const { result, rerender } = show('one');
    rerender({ of: 'two' });
    pass(99);
    expect(result.current).toBe('one');
    pass(1);
    expect(result.current).toBe('two');
  });

  it('leaves no timer behind', () => {
    const { rerender, unmount } = show('one');
    rerender({ of: 'two' });
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  });
});
