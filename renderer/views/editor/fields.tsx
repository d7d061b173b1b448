import type { ReactNode } from 'react';
import type { FieldPathByValue } from 'react-hook-form';
import { classes } from '../../components/classes.ts';
import { Select, type Choice } from '../../components/Select.tsx';
import { TextField } from '../../components/TextField.tsx';
import { TimeInput } from '../hours/TimeInput.tsx';
import type { ScheduleDraft } from './draft.ts';
import styles from './fields.module.css';
import { useField } from './form.ts';

/** A field of the draft that holds text. */
export type TextPath = FieldPathByValue<ScheduleDraft, string>;

interface FieldProps {
  readonly name: TextPath;
  /** The label above; where the place says it already, give `aria-label` instead. */
  readonly label?: ReactNode;
  readonly 'aria-label'?: string;
  readonly description?: ReactNode;
  readonly className?: string | undefined;
}

/** What a text input takes. */
export interface TextInputProps extends FieldProps {
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly rows?: number;
  readonly type?: 'text' | 'url' | 'date';
  readonly autoFocus?: boolean;
  readonly onEnter?: () => void;
  /** Makes of the text what the draft holds, when the field is left. */
  readonly tidy?: (text: string) => string;
  /** Hears each change after the draft has it. */
  readonly onEdit?: (text: string) => void;
}

/** One line of text of the draft, or several with `rows`. */
export function TextInput(props: TextInputProps) {
  const { name, className, onEnter, tidy, onEdit, ...words } = props;
  const { value, change, leave, fault } = useField(name);
  return (
    <div data-field={name} className={classes(styles.place, className)}>
      <TextField
        {...words}
        value={value}
        fault={fault}
        autoComplete="off"
        spellCheck={props.mono === true || props.type !== undefined ? 'false' : 'true'}
        onChange={(text) => {
          change(text);
          onEdit?.(text);
        }}
        onBlur={() => {
          if (tidy !== undefined && tidy(value) !== value) change(tidy(value));
          leave();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter?.();
          event.continuePropagation();
        }}
      />
    </div>
  );
}

/** What a choice takes. */
export interface ChoiceInputProps extends FieldProps {
  readonly choices: readonly Choice[];
  readonly placeholder?: string;
}

/** One of a few choices of the draft. */
export function ChoiceInput({ name, className, ...rest }: ChoiceInputProps) {
  const { value, change, leave, fault } = useField(name);
  return (
    <div data-field={name} className={classes(styles.place, className)}>
      <Select
        {...rest}
        value={value}
        fault={fault}
        onChange={(next) => {
          change(next);
          leave();
        }}
      />
    </div>
  );
}

const units = [
  { id: 's', label: 'seconds' },
  { id: 'm', label: 'minutes' },
  { id: 'h', label: 'hours' },
  { id: 'd', label: 'days' },
] as const;

/** What a length of time takes. */
export interface DurationInputProps extends FieldProps {
  readonly label: string;
  /** Whether the label is read aloud only. */
  readonly quiet?: boolean;
  readonly onEdit?: (duration: string) => void;
}

/** A length of time of the draft, `30m`: a number and its unit. */
export function DurationInput(props: DurationInputProps) {
  const { name, label, quiet = false, description, className, onEdit } = props;
  const { value, change, leave, fault } = useField(name);
  const match = /^(.*?)([smhd]?)$/.exec(value.trim());
  const [count, unit] = [match?.[1] ?? '', match?.[2] ?? ''];
  const write = (text: string): void => {
    change(text);
    onEdit?.(text);
  };
  return (
    <div data-field={name} className={classes(styles.place, className)}>
      {!quiet && (
        <span className={styles.label} aria-hidden="true">
          {label}
        </span>
      )}
      <div className={styles.duration} role="group" aria-label={label}>
        <div className={styles.count}>
          <TextField
            aria-label={label}
            value={count}
            isInvalid={fault !== null}
            inputMode="numeric"
            autoComplete="off"
            onChange={(text) => {
              write(`${text.trim()}${unit === '' ? 'm' : unit}`);
            }}
            onBlur={leave}
          />
        </div>
        <div className={styles.unit}>
          <Select
            aria-label={`${label}, unit`}
            choices={units}
            value={units.find((one) => one.id === unit)?.id ?? null}
            onChange={(next) => {
              write(`${count}${next}`);
              leave();
            }}
          />
        </div>
      </div>
      {fault !== null ? (
        <p className={styles.fault}>{fault}</p>
      ) : (
        description !== undefined && <p className={styles.help}>{description}</p>
      )}
    </div>
  );
}

/** A time of day of the draft, typed the way one likes. */
export function TimeOfDayInput({
  name,
  label,
}: {
  readonly name: TextPath;
  readonly label: string;
}) {
  const { value, change, leave, fault } = useField(name);
  return (
    <div data-field={name} className={styles.place}>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      <TimeInput
        label={label}
        size="m"
        value={value}
        isInvalid={fault !== null}
        onChange={change}
        onLeave={leave}
      />
      {fault !== null && <p className={styles.fault}>{fault}</p>}
    </div>
  );
}
