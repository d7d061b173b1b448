import { faultsOf } from '../../contract/faults.ts';
import { invalid, RefusedError } from '../../contract/result.ts';
import {
  defaultSettings,
  settingsSchema,
  type SettingName,
  type Settings,
  type SettingsView,
} from '../../contract/settings.ts';
import { readSettings, writeSettings } from '../store/settings.ts';
import type { Writer } from '../store/statement.ts';
import type { SettingsDesk } from './context.ts';

const names = Object.keys(settingsSchema.shape) as readonly SettingName[];

/** The variable that sets a setting: `hostGap` is `JACKDAW_HOST_GAP`. */
export function variableOf(name: SettingName): string {
  return `JACKDAW_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** A variable's text as the value a setting may have: JSON where it is some, else the text itself. */
function valueOf(text: string): unknown {
  return /^(true|false|null|\d+)$/.test(text) ? (JSON.parse(text) as unknown) : text;
}

/**
 * The settings that the environment gives, checked.
 *
 * @throws RefusedError `invalid`, naming the variable.
 */
function fromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Partial<Record<SettingName, unknown>>> {
  const given = names.flatMap((name): [SettingName, unknown][] => {
    const text = environment[variableOf(name)];
    if (text === undefined || text === '') return [];
    const read = settingsSchema.shape[name].safeParse(valueOf(text), { reportInput: true });
    if (read.success) return [[name, read.data]];
    const faults = faultsOf(read.error).map((fault) => ({ ...fault, path: variableOf(name) }));
    throw invalid(faults);
  });
  return Object.fromEntries(given);
}

/** A stored setting that can no longer be read counts as never changed. */
function fromStore(db: Writer): Readonly<Record<string, unknown>> {
  const stored = Object.entries(readSettings(db)).filter(([name, value]) => {
    const schema = settingsSchema.shape[name as SettingName] as
      (typeof settingsSchema.shape)[SettingName] | undefined;
    return schema?.safeParse(value).success === true;
  });
  return Object.fromEntries(stored);
}

/** Which settings the environment has locked, by variable. */
function lockedBy(given: Readonly<Partial<Record<SettingName, unknown>>>): SettingsView['locked'] {
  const held = names.filter((name) => Object.hasOwn(given, name));
  return Object.fromEntries(held.map((name) => [name, variableOf(name)]));
}

/**
 * The settings where no database can be read: environment over default.
 *
 * @throws RefusedError `invalid`, naming the variable.
 */
export function settingsWithoutStore(
  environment: Readonly<Record<string, string | undefined>>,
): SettingsView {
  const given = fromEnvironment(environment);
  return {
    values: settingsSchema.parse({ ...defaultSettings, ...given }),
    locked: lockedBy(given),
  };
}

/**
 * The settings of a host: environment over stored over default. One set by the environment is locked.
 */
export function openSettings(
  db: Writer,
  environment: Readonly<Record<string, string | undefined>>,
): SettingsDesk {
  const given = fromEnvironment(environment);
  const locked = lockedBy(given);
  const read = (): Settings =>
    settingsSchema.parse({ ...defaultSettings, ...fromStore(db), ...given });
  let current = read();
  return {
    current: () => current,
    view: () => ({ values: current, locked }),
    write: (change) => {
      const held = names.find((name) => Object.hasOwn(change, name) && locked[name] !== undefined);
      if (held !== undefined) {
        const message = `is set by ${locked[held] ?? ''} in the environment; change it there`;
        throw new RefusedError('conflict', `${held} ${message}.`, [{ path: held, message }]);
      }
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      writeSettings(db, Object.fromEntries(given));
      current = read();
    },
  };
}
