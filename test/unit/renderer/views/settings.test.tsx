import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultSettings, type SettingsView } from '../../../../contract/settings.ts';
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
