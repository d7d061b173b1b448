import { useState } from 'react';
import { Input, TextField } from 'react-aria-components';
import { classes } from '../../components/classes.ts';
import field from '../../components/Field.module.css';
import styles from './TimeInput.module.css';
import { steppedTime, tidyTime } from './wall-time.ts';

/** What a time input takes. */
export interface TimeInputProps {
  /** Its name, read aloud: `Monday opens`. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onLeave?: () => void;
  /** The end of a window may be 24:00. */
  readonly last?: '23:59' | '24:00';
  readonly isInvalid?: boolean;
  /** `s` among others on a line, `m` as a field of its own. */
  readonly size?: 's' | 'm';
}

const stepMinutes = 15;

/**
 * A time of day, typed the way one likes (9, 930, 9pm) and shown as 09:00 when left. The arrows go a
 * quarter of an hour, with Shift an hour. What can't be read stays as typed.
 */
export function TimeInput(props: TimeInputProps) {
  const { label, value, onChange, onLeave, last = '23:59', isInvalid = false, size = 's' } = props;
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextField
      aria-label={label}
      value={typed ?? value}
      isInvalid={isInvalid}
      onChange={(text) => {
        setTyped(text);
        onChange(tidyTime(text));
      }}
      onBlur={() => {
        setTyped(null);
        onLeave?.();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') {
          event.continuePropagation();
          return;
        }
        event.preventDefault();
        const length = event.shiftKey ? 4 * stepMinutes : stepMinutes;
        setTyped(null);
        onChange(steppedTime(value, event.key === 'ArrowUp' ? length : -length, last));
      }}
    >
      <Input
        className={classes(field.input, styles.time, styles[size])}
        inputMode="text"
        autoComplete="off"
        spellCheck="false"
        maxLength={8}
      />
    </TextField>
  );
}
