import { useState } from 'react';
import type { SettingName, Settings, SettingsView } from '../../../contract/settings.ts';
import { call } from '../../state/client.ts';

/** A setting in a form: its value, whether the environment has locked it, and how to change it. */
export interface Setting<Name extends SettingName> {
  readonly value: Settings[Name];
  readonly lockedBy: string | undefined;
  readonly isLocked: boolean;
  /** Why the last change was refused; gone with the next one. */
  readonly fault: string | null;
  /** Saves at once. The shown value is main's: it moves when main says so. */
  readonly change: (value: Settings[Name]) => void;
}

/** One setting of those in force. */
export function useSetting<Name extends SettingName>(
  { values, locked }: SettingsView,
  name: Name,
): Setting<Name> {
  const [fault, setFault] = useState<string | null>(null);
  const lockedBy = locked[name];
  return {
    value: values[name],
    lockedBy,
    isLocked: lockedBy !== undefined,
    fault,
    change: (value) => {
      setFault(null);
      void call('changeSettings', { [name]: value }).then((result) => {
        if (!result.ok) setFault(result.message.replace(`${name}: `, ''));
      });
    },
  };
}
