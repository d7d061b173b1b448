import { describe, expect, it } from 'vitest';
import type { HostView } from '../../../contract/views.ts';
import type { ZoneMove } from '../../../contract/zones.ts';
import { followMoves } from '../../../main/desktop/move-notice.ts';
import type { Notice } from '../../../main/desktop/notices.ts';
import { aHost, aMove } from '../../support/fake-data.ts';

const nowMs = Date.parse('2026-11-20T08:00:00Z');

function hostAfter(move: ZoneMove | null): HostView {
  return aHost(nowMs, { zones: { was: null, move, comparison: null, warns: false } });
}

/** What is shown when the host is first one thing, then others. */
function shownOf(...moves: readonly (ZoneMove | null)[]): readonly Notice[] {
  const shown: Notice[] = [];
  const hear = followMoves((notice) => {
    shown.push(notice);
  });
  for (const move of moves) hear(hostAfter(move));
  return shown;
}

describe('desktop/move-notice', () => {
  it('shows a move once, however often the host is told of again', () => {
    const counted = { ...aMove, follow: 4 };
    expect(shownOf(null, null, aMove, aMove, counted, null)).toEqual([
      {
        title: 'This computer moved from Europe/Berlin to America/New_York',
        body: '3 schedules follow it; 2 keep their own zone.',
      },
    ]);
  });

  it('shows no move that was known before the start', () => {
    expect(shownOf(aMove, aMove)).toEqual([]);
  });

  it('shows the next move, also while the one before stands', () => {
    const further = { ...aMove, to: 'Asia/Tokyo', at: '2026-11-20T11:00:00Z' };
    expect(shownOf(null, aMove, further)).toHaveLength(2);
  });
});
