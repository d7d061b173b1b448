import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Trouble, TroubleCode } from '../../../../contract/troubles.ts';
import { ok } from '../../../support/fake-client.ts';
import { aHost, anEmptySnapshot } from '../../../support/fake-data.ts';
import { showWindow, type ShownWindow } from '../../../support/show-window.tsx';

const nowMs = Date.now();
let shown: ShownWindow | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
});

function aTrouble(code: TroubleCode): Trouble {
  return {
    code,
    message: `Something is wrong: ${code}.`,
    remedy: 'This is what to do.',
    since: '2026-11-20T08:00:00Z',
  };
}

function snapshotWith(...codes: readonly TroubleCode[]) {
  return anEmptySnapshot(nowMs, { host: aHost(nowMs, { troubles: codes.map(aTrouble) }) });
}

const region = (): HTMLElement => screen.getByRole('region', { name: 'What is wrong' });

describe('renderer/app/troubles', () => {
  it('says on every screen what is wrong and what to do, until it is well again', async () => {
    shown = await showWindow('#/settings', snapshotWith('disk-full', 'quarantined'));
    const [first, second] = within(region()).getAllByRole('alert');
    expect(first?.textContent).toMatch(
      /^Something is wrong: disk-full\. This is what to do\. Since .+\.Try again$/,
    );
    expect(second?.textContent).toContain('Something is wrong: quarantined.');
    await shown.user.click(screen.getByRole('link', { name: 'Schedules' }));
    expect(within(region()).getAllByRole('alert').length).toBe(2);
    shown.client.push('host', aHost(nowMs));
    await screen.findByText('Nothing is running');
    expect(screen.queryByRole('region', { name: 'What is wrong' })).toBeNull();
  });

  it.each<TroubleCode>(['database', 'scheduler', 'read-only', 'disk-full', 'busy'])(
    'offers to try again after %s, and says when all is well',
    async (code) => {
      shown = await showWindow('#/settings', snapshotWith(code), {
        tryAgain: () => ok({ troubles: [] }),
      });
      expect(screen.getByText('Nothing runs now.')).toBeDefined();
      await shown.user.click(within(region()).getByRole('button', { name: 'Try again' }));
      expect(shown.made('tryAgain')).toEqual([{}]);
      expect(await screen.findByText('All is well again.')).toBeDefined();
    },
  );

  it('leads from a damaged database to the backups', async () => {
    const snapshot = snapshotWith('database');
    shown = await showWindow('#/schedules', {
      ...snapshot,
      host: { ...snapshot.host, running: false },
    });
    // Nobody knows what is scheduled: the newcomer's screen would be a lie.
    expect(screen.getByRole('heading', { name: 'The schedules can’t be shown' })).toBeDefined();
    await shown.user.click(within(region()).getByRole('button', { name: 'Backups' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Settings' })).toBeDefined();
  });

  it('lets a repair be dismissed', async () => {
    shown = await showWindow('#/settings', snapshotWith('repaired'), {
      dismissNotice: (input) => ok(input),
    });
    expect(screen.queryByText('Nothing runs now.')).toBeNull();
    await shown.user.click(within(region()).getByRole('button', { name: 'Dismiss' }));
    expect(shown.made('dismissNotice')).toEqual([{ notice: 'repaired' }]);
  });
});
