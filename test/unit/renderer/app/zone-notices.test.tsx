import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultSettings, type SettingsView } from '../../../../contract/settings.ts';
import type { Snapshot } from '../../../../contract/views.ts';
import type { NoticeName, ZonesView } from '../../../../contract/zones.ts';
import { ok } from '../../../support/fake-client.ts';
import { aHost, aMove, anEmptySnapshot } from '../../../support/fake-data.ts';
import { showWindow, type ShownWindow } from '../../../support/show-window.tsx';

const nowMs = Date.now();
let shown: ShownWindow | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
});

const calm: ZonesView = { was: null, move: null, comparison: null, warns: false };

function differing(...zones: readonly string[]): ZonesView {
  const differences = zones.map((zone) => ({
    zone,
    at: '2027-03-01T00:00:00Z',
    ours: 32_400,
    systems: 28_800,
    text: `${zone}: the clocks differ.`,
  }));
  return {
    ...calm,
    warns: true,
    comparison: { system: '2025b', agreed: 1, untold: [], differences },
  };
}

function snapshotOf(zones: ZonesView, settings: Partial<SettingsView> = {}): Snapshot {
  return anEmptySnapshot(nowMs, {
    host: aHost(nowMs, { zones }),
    settings: { values: defaultSettings, locked: {}, ...settings },
  });
}

const moveNotice = (): HTMLElement =>
  screen.getByRole('complementary', { name: 'This computer moved' });
const dismissed = (input: { readonly notice: NoticeName }) => ok(input);

describe('renderer/app/zone-notices', () => {
  it('says on every screen that this computer moved, until it is dismissed', async () => {
    shown = await showWindow('#/runs', snapshotOf({ ...calm, move: aMove }), {
      listRuns: () => ok({ entries: [], next: null }),
      dismissNotice: dismissed,
    });
    expect(within(moveNotice()).getByRole('status').textContent).toBe(aMove.text);
    await shown.user.click(screen.getByRole('link', { name: 'Settings' }));
    await shown.user.click(within(moveNotice()).getByRole('button', { name: 'Dismiss' }));
    expect(shown.made('dismissNotice')).toEqual([{ notice: 'zone-move' }]);
    shown.client.push('host', aHost(nowMs, { zones: calm }));
    await waitFor(() => expect(screen.queryByText(aMove.text)).toBeNull());
  });

  it('keeps the zone of before by the usual zone, and puts the notice aMove', async () => {
    shown = await showWindow('#/schedules', snapshotOf({ ...calm, move: aMove }), {
      changeSettings: () =>
        ok({ values: { ...defaultSettings, timezone: 'Europe/Berlin' }, locked: {} }),
      dismissNotice: dismissed,
    });
    await shown.user.click(screen.getByRole('button', { name: 'Keep Europe/Berlin' }));
    expect(shown.made('changeSettings')).toEqual([{ timezone: 'Europe/Berlin' }]);
    expect(shown.made('dismissNotice')).toEqual([{ notice: 'zone-move' }]);
    expect(
      await screen.findByText('Schedules without a zone of their own stay in Europe/Berlin.'),
    ).toBeDefined();
  });

  it('leaves the notice standing where the zone couldn’t be kept', async () => {
    shown = await showWindow('#/schedules', snapshotOf({ ...calm, move: aMove }), {
      changeSettings: () => ({ ok: false, code: 'disk-full', message: 'The disk is full.' }),
      dismissNotice: dismissed,
    });
    await shown.user.click(screen.getByRole('button', { name: 'Keep Europe/Berlin' }));
    expect(await screen.findByText('The disk is full.')).toBeDefined();
    expect(shown.made('dismissNotice')).toEqual([]);
  });

  it.each([
    ['a usual zone is set', { values: { ...defaultSettings, timezone: 'Asia/Tokyo' } }, 3],
    ['the environment has locked it', { locked: { timezone: 'JACKDAW_TIMEZONE' } }, 3],
    ['no schedule follows', {}, 0],
  ] as const)('offers nothing to keep where %s', async (_, settings, follow) => {
    const move = { ...aMove, follow };
    shown = await showWindow('#/schedules', snapshotOf({ ...calm, move }, settings));
    const buttons = within(moveNotice()).getAllByRole('button');
    expect(buttons.map(({ textContent }) => textContent)).toEqual(['Dismiss']);
  });

  it('warns of zone data that differs, and leads to all of it', async () => {
    shown = await showWindow('#/schedules', snapshotOf(differing('Asia/Tokyo', 'Asia/Seoul')), {
      dismissNotice: dismissed,
    });
    const notice = screen.getByRole('complementary', { name: 'Zone data differs' });
    expect(within(notice).getByRole('status').textContent).toBe('Asia/Tokyo: the clocks differ.');
    await shown.user.click(within(notice).getByRole('button', { name: 'All 2 zones' }));
    expect(await screen.findByText('Asia/Seoul: the clocks differ.')).toBeDefined();
    expect(screen.getByText('This computer’s own (2025b) differs.')).toBeDefined();
    await shown.user.click(within(notice).getByRole('button', { name: 'Dismiss' }));
    expect(shown.made('dismissNotice')).toEqual([{ notice: 'zone-data' }]);
  });

  it('says nothing of differences that were put aMove, but in the settings', async () => {
    shown = await showWindow(
      '#/settings',
      snapshotOf({ ...differing('Asia/Tokyo'), warns: false }),
    );
    expect(screen.queryByRole('complementary', { name: 'Zone data differs' })).toBeNull();
    expect(screen.getByText('Asia/Tokyo: the clocks differ.')).toBeDefined();
  });

  it.each([
    [{ agreed: 3, untold: [] }, 'This computer’s own (2025b) agrees.'],
    [
      { agreed: 3, untold: ['US/Pacific'] },
      'This computer’s own (2025b) agrees, but can’t tell about US/Pacific.',
    ],
    [
      { agreed: 0, untold: ['UTC'] },
      'This computer has no zone data of its own to compare it with.',
    ],
  ])(
    'shows the edition, the one before, and what came of comparing them: %j',
    async (found, words) => {
      const was = { tz: '2025a', until: '2025-03-30T12:00:00Z' };
      const comparison = { system: '2025b', differences: [], ...found };
      shown = await showWindow('#/settings', snapshotOf({ ...calm, was, comparison }));
      expect(screen.getByText(/^2025c/).textContent).toMatch(
        /^2025c \(was 2025a until (30 March|March 30,) 2025\)$/,
      );
      expect(screen.getByText(words)).toBeDefined();
    },
  );
});
