import { useId } from 'react';
import { TextField } from '../../components/TextField.tsx';
import { TimeInput } from '../hours/TimeInput.tsx';
import styles from './WallTimeInput.module.css';

/** What a local date and time takes. */
export interface WallTimeInputProps {
  /** What the two are together, read aloud: `Once`. */
  readonly label: string;
  /** `2026-12-01T09:00`; either side of the T may be empty or unfinished. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onLeave?: () => void;
  readonly fault?: string | null;
}

/** A date and a time of day on the schedule's own clock. */
export function WallTimeInput({ label, value, onChange, onLeave, fault }: WallTimeInputProps) {
  const faultId = useId();
  const split = value.indexOf('T');
  const date = split === -1 ? value : value.slice(0, split);
  const time = split === -1 ? '' : value.slice(split + 1);
  const isInvalid = fault !== undefined && fault !== null;
  return (
    <div role="group" aria-label={label} aria-describedby={isInvalid ? faultId : undefined}>
      <div className={styles.pair}>
        <div className={styles.date}>
          <TextField
            label="Date"
            type="date"
            value={date}
            isInvalid={isInvalid}
            onChange={(next) => {
              onChange(`${next}T${time}`);
            }}
            onBlur={() => onLeave?.()}
            onKeyDown={(event) => {
              event.continuePropagation();
            }}
          />
        </div>
        <div>
          <span className={styles.label} aria-hidden="true">
            Time
          </span>
          <TimeInput
            label="Time"
            size="m"
            value={time}
            isInvalid={isInvalid}
            onChange={(next) => {
              onChange(`${date}T${next}`);
            }}
            onLeave={() => onLeave?.()}
          />
        </div>
      </div>
      {isInvalid && (
        <p id={faultId} className={styles.fault}>
          {fault}
        </p>
      )}
    </div>
  );
}
