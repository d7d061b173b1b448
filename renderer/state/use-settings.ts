import { create } from 'zustand';
import type { SettingsView } from '../../contract/settings.ts';

/** The settings in force; null until the first snapshot. */
export interface SettingsState {
  readonly settings: SettingsView | null;
}

/** The settings as main last told them. Only `sync` writes here. */
export const useSettings = create<SettingsState>()(() => ({ settings: null }));

/** Takes the settings. */
export function replaceSettings(settings: SettingsView): void {
  useSettings.setState({ settings });
}
