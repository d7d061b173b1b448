import { useState } from 'react';
import { TextField } from '../../components/TextField.tsx';

/** What a text setting takes. */
export interface SettingTextProps {
  readonly 'aria-label': string;
  readonly value: string;
  readonly fault: string | null;
  readonly isDisabled: boolean;
  readonly onSave: (value: string) => void;
}

/** A text setting: saved on Enter or on leaving the field; Escape takes the typing back. */
export function SettingText({ value, fault, isDisabled, onSave, ...rest }: SettingTextProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const save = (): void => {
    if (draft !== null && draft.trim() !== value) onSave(draft.trim());
    else setDraft(null);
  };
  // What was typed stays while it is refused; once main holds it, main's word counts again.
  const shown = draft !== null && (draft.trim() !== value || fault !== null) ? draft : value;
  return (
    <TextField
      aria-label={rest['aria-label']}
      value={shown}
      fault={fault}
      isDisabled={isDisabled}
      onChange={setDraft}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
        if (event.key === 'Escape') setDraft(null);
        else event.continuePropagation();
      }}
    />
  );
}
