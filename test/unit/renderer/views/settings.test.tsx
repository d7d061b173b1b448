import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultSettings, type SettingsView } from '../../../../contract/settings.ts';
import type { Backup } from '../../../../contract/backups.ts';
import { ok } from '../../../support/fake-client.ts';
import { aHost, anEmptySnapshot } from '../../../support/fake-data.ts';
import { showWindow, type ShownWindow } from '../../../support/show-window.tsx';

const nowMs = Date.now();
let shown: ShownWindow | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
});

const abilities = { tray: true, loginItem: true, openFolder: true, power: true, network: true };

describe('renderer/views/settings', () => {
  it('saves a switch at once, and shows what main then says', async () => {
    const answer = (change: object): SettingsView => ({
      values: { ...defaultSettings, ...change },
      locked: {},
    });
    shown = await showWindow(
      '#/settings',
      anEmptySnapshot(nowMs, { host: aHost(nowMs, { abilities }) }),
      {
        changeSettings: (change) => {
          shown?.client.push('settings', answer(change));
          return ok(answer(change));
        },
      },
    );
    const control = screen.getByRole<HTMLInputElement>('switch', { name: 'Start at login' });
    await shown.user.click(control);
    expect(shown.made('changeSettings')).toEqual([{ startAtLogin: true }]);
    expect(control.checked).toBe(true);
  });

  it('puts the chosen theme on the whole window', async () => {
    shown = await showWindow('#/settings', anEmptySnapshot(nowMs));
    shown.client.push('settings', { values: { ...defaultSettings, theme: 'dark' }, locked: {} });
    await screen.findByRole('radio', { name: 'Dark', checked: true });
    expect(document.documentElement.dataset['theme']).toBe('dark');
    shown.client.push('settings', { values: defaultSettings, locked: {} });
    await screen.findByRole('radio', { name: 'System', checked: true });
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  it('keeps what was typed where main refuses it, and says why beside it', async () => {
    shown = await showWindow('#/settings', anEmptySnapshot(nowMs), {
      changeSettings: () => ({
        ok: false,
        code: 'invalid',
        message: 'hostGap: write one whole number and s, m, h or d, for example 30m',
        path: 'hostGap',
      }),
    });
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: /Gap between/ });
    await shown.user.clear(field);
    await shown.user.type(field, 'often{Enter}');
    expect(
      await screen.findByText('write one whole number and s, m, h or d, for example 30m'),
    ).toBeDefined();
    expect(field.value).toBe('often');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await shown.user.click(field);
    await shown.user.keyboard('{Escape}');
    expect(field.value).toBe('1s');
  });

  it('locks what the environment has set, and names the variable', async () => {
    shown = await showWindow(
      '#/settings',
      anEmptySnapshot(nowMs, {
        settings: { values: defaultSettings, locked: { contact: 'JACKDAW_CONTACT' } },
      }),
    );
    expect(screen.getByText('JACKDAW_CONTACT')).toBeDefined();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Contact' }).disabled).toBe(true);
  });

  it('says why the headless host can’t start at login', async () => {
    shown = await showWindow('#/settings', anEmptySnapshot(nowMs));
    expect(screen.getByRole<HTMLInputElement>('switch', { name: 'Start at login' }).disabled).toBe(
      true,
    );
    expect(screen.getByText(/Only the desktop app can start at login/)).toBeDefined();
  });

  it('asks about starting at login once, where main says so', async () => {
    shown = await showWindow(
      '#/schedules',
      anEmptySnapshot(nowMs, { host: aHost(nowMs, { abilities, askStartAtLogin: true }) }),
      { changeSettings: () => ok({ values: defaultSettings, locked: {} }) },
    );
    const question = screen.getByRole('complementary', { name: 'Start at login' });
    await shown.user.click(within(question).getByRole('button', { name: 'Not now' }));
    expect(shown.made('changeSettings')).toEqual([{ startAtLogin: false }]);
  });
});

describe('renderer/views/settings: backups', () => {
  const daily: Backup = {
    name: 'daily-2026-11-24.db',
    kind: 'daily',
    at: '2026-11-24T21:00:00Z',
    bytes: 12_345_678,
  };
  const manual: Backup = { ...daily, name: 'manual-2026-11-25T080000Z.db', kind: 'manual' };

  it('lists them with their kind and size, and makes one now', async () => {
    let backups = [daily];
    shown = await showWindow('#/settings', anEmptySnapshot(nowMs), {
      listBackups: () => ok(backups),
      backUp: () => {
        backups = [manual, daily];
        return ok(manual);
      },
    });
    const list = await screen.findByRole('list', { name: 'Backups' });
    expect(within(list).getByText('12.3 MB')).toBeDefined();
    expect(within(list).getByText('each day')).toBeDefined();
    await shown.user.click(screen.getByRole('button', { name: 'Back up now' }));
    expect(await within(list).findByText('by hand')).toBeDefined();
    expect(shown.made('backUp')).toEqual([{}]);
    expect(await screen.findByText('A backup was made.')).toBeDefined();
  });

  it('says that there are none, or why they can’t be told', async () => {
    shown = await showWindow('#/settings', anEmptySnapshot(nowMs), { listBackups: () => ok([]) });
    expect(await screen.findByText(/^None yet/)).toBeDefined();
    shown.close();
    shown = await showWindow('#/settings', anEmptySnapshot(nowMs), {
      listBackups: () => ({ ok: false, code: 'read-only', message: 'The folder can’t be read.' }),
    });
    expect(await screen.findByText('The folder can’t be read.')).toBeDefined();
  });

  it('restores one after it was asked, and says where the former database is', async () => {
    shown = await showWindow('#/settings', anEmptySnapshot(nowMs), {
      listBackups: () => ok([daily]),
      restoreBackup: ({ name }) =>
        ok({ restored: name, kept: '/data/replaced-2026-11-25T214411Z' }),
    });
    const ask = await screen.findByRole('button', { name: `Restore ${daily.name}` });
    await shown.user.click(ask);
    const question = await screen.findByRole('dialog');
    expect(within(question).getByText(/Runs going on are cancelled/)).toBeDefined();
    await shown.user.click(within(question).getByRole('button', { name: 'Not now' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(shown.made('restoreBackup')).toEqual([]);
    await shown.user.click(ask);
    await shown.user.click(await screen.findByRole('button', { name: 'Restore it' }));
    expect(shown.made('restoreBackup')).toEqual([{ name: daily.name }]);
    expect(await screen.findByText(/kept in \/data\/replaced-2026-11-25T214411Z\./)).toBeDefined();
  });

  it('shows a refusal and leaves the list as it is', async () => {
    shown = await showWindow('#/settings', anEmptySnapshot(nowMs), {
      listBackups: () => ok([daily]),
      restoreBackup: () => ({ ok: false, code: 'invalid', message: 'The backup is damaged.' }),
    });
    await shown.user.click(await screen.findByRole('button', { name: `Restore ${daily.name}` }));
    await shown.user.click(await screen.findByRole('button', { name: 'Restore it' }));
    expect(await screen.findByText('The backup is damaged.')).toBeDefined();
    expect(screen.getByRole('list', { name: 'Backups' })).toBeDefined();
  });

  it('saves how long history is kept', async () => {
    shown = await showWindow('#/settings', anEmptySnapshot(nowMs), {
      listBackups: () => ok([]),
      changeSettings: () => ok({ values: { ...defaultSettings, keepHistory: '90d' }, locked: {} }),
    });
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Keep history' });
    await shown.user.clear(field);
    await shown.user.type(field, '90d{Enter}');
    expect(shown.made('changeSettings')).toEqual([{ keepHistory: '90d' }]);
  });
});
