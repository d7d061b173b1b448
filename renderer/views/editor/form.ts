import { createContext, useContext } from 'react';
import {
  useController,
  useFormContext,
  type FieldPath,
  type FieldPathValue,
} from 'react-hook-form';
import type { ScheduleDraft } from './draft.ts';
import type { FormFault } from './faults.ts';
import { sentence } from '../../forms/sentence.ts';

/** What is wrong with the draft now, and whether fields nobody has touched say so too. */
export interface FaultsInForm {
  readonly byPath: ReadonlyMap<string, string>;
  readonly showAll: boolean;
}

/** The faults of the draft, for the fields below. */
export const FaultsContext = createContext<FaultsInForm>({ byPath: new Map(), showAll: false });

/** Faults by their place in the form; the first of a place counts. */
export function faultsByPath(faults: readonly FormFault[]): ReadonlyMap<string, string> {
  return new Map(faults.toReversed().map(({ path, message }) => [path, message]));
}

/** What is wrong at one place, as a sentence; null while nothing is, or while it isn't time to say so. */
export function useFaultAt(path: string, wasTouched: boolean): string | null {
  const { byPath, showAll } = useContext(FaultsContext);
  const message = byPath.get(path);
  return message === undefined || !(showAll || wasTouched) ? null : sentence(message);
}

/** One field of the form, for any control. */
export interface ControlledField<Value> {
  readonly value: Value;
  readonly change: (value: Value) => void;
  readonly leave: () => void;
  readonly fault: string | null;
}

/** Joins a control to its field of the draft. Its fault shows once the field was touched. */
export function useField<Name extends FieldPath<ScheduleDraft>>(
  name: Name,
): ControlledField<FieldPathValue<ScheduleDraft, Name>> {
  const { control } = useFormContext<ScheduleDraft>();
  const { field, fieldState } = useController({ control, name });
  const fault = useFaultAt(name, fieldState.isTouched || fieldState.isDirty);
  return { value: field.value, change: field.onChange, leave: field.onBlur, fault };
}

/** The element of a place, or of the nearest place round it. */
function placeOf(path: string): HTMLElement | null {
  const places = [...document.querySelectorAll<HTMLElement>('[data-field]')];
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const wanted = parts.slice(0, length).join('.');
    const found = places.find((place) => place.dataset.field === wanted);
    if (found !== undefined) return found;
  }
  return null;
}

/** Opens the fold that holds a place, where it is closed, and says whether it did. */
function unfold(path: string): boolean {
  const part = path.split('.')[0] ?? '';
  const fold = [...document.querySelectorAll<HTMLElement>('[data-holds]')].find((one) =>
    one.dataset.holds?.split(' ').includes(part),
  );
  const button = fold?.querySelector<HTMLElement>('button[aria-expanded="false"]');
  button?.click();
  return button !== undefined && button !== null;
}

/**
 * Moves the focus, and with it the view, to the control of a place, or of the nearest round it. What is
 * folded opens first.
 */
export function focusPlace(path: string): void {
  const focus = (): void => {
    placeOf(path)
      ?.querySelector<HTMLElement>('input, textarea, button:not([tabindex="-1"]), [tabindex="0"]')
      ?.focus();
  };
  if (unfold(path)) requestAnimationFrame(focus);
  else focus();
}
