import type { ReactNode } from 'react';
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './Field.module.css';

/** What a text field takes: React Aria's own properties, and the words round it. */
export interface TextFieldProps extends Omit<
  AriaTextFieldProps,
  'className' | 'style' | 'children'
> {
  /** Shown above the field. Where the place says it already, use `aria-label` instead. */
  readonly label?: ReactNode;
  /** A short help under the field. */
  readonly description?: ReactNode;
  /** What is wrong and what to do; the field is marked invalid while it is there. */
  readonly fault?: string | null | undefined;
  readonly placeholder?: string;
  /** For selectors, patterns and other code. */
  readonly mono?: boolean;
  /** More than one line: how many rows to show. */
  readonly rows?: number;
}

/** One line of text, or several with `rows`. */
export function TextField(props: TextFieldProps) {
  const { label, description, fault = null, placeholder, mono = false, rows, ...rest } = props;
  const inputClass = classes(styles.input, mono && styles.mono);
  const words = placeholder === undefined ? {} : { placeholder };
  return (
    <AriaTextField
      validationBehavior="aria"
      {...rest}
      isInvalid={fault !== null || rest.isInvalid === true}
      className={styles.field ?? ''}
    >
      {label !== undefined && <Label className={styles.label}>{label}</Label>}
      {rows === undefined ? (
        <Input className={inputClass} {...words} />
      ) : (
        <TextArea className={inputClass} rows={rows} {...words} />
      )}
      {description !== undefined && fault === null && (
        <Text slot="description" className={styles.help}>
          {description}
        </Text>
      )}
      <FieldError className={styles.fault ?? ''}>{fault}</FieldError>
    </AriaTextField>
  );
}
