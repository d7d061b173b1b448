import { Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  FieldError,
  Group,
  Input,
  Label,
  NumberField as AriaNumberField,
  Text,
} from 'react-aria-components';
import field from './Field.module.css';
import styles from './NumberField.module.css';

/** What a number field takes. */
export interface NumberFieldProps {
  readonly label?: ReactNode;
  readonly 'aria-label'?: string;
  readonly description?: ReactNode;
  readonly fault?: string | null | undefined;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly onChange: (value: number) => void;
  readonly isDisabled?: boolean;
}

/** A whole number within bounds: typed, stepped with the arrows, or with the two buttons. */
export function NumberField(props: NumberFieldProps) {
  const {
    label,
    description,
    fault = null,
    value,
    minimum,
    maximum,
    onChange,
    isDisabled = false,
  } = props;
  const name = props['aria-label'];
  return (
    <AriaNumberField
      className={field.field ?? ''}
      {...(name === undefined ? {} : { 'aria-label': name })}
      value={value}
      minValue={minimum}
      maxValue={maximum}
      step={1}
      isDisabled={isDisabled}
      isInvalid={fault !== null}
      onChange={(next) => {
        if (Number.isInteger(next)) onChange(next);
      }}
    >
      {label !== undefined && <Label className={field.label}>{label}</Label>}
      <Group className={styles.group ?? ''}>
        <Button slot="decrement" className={styles.step ?? ''}>
          <Minus aria-hidden="true" />
        </Button>
        <Input className={styles.input ?? ''} />
        <Button slot="increment" className={styles.step ?? ''}>
          <Plus aria-hidden="true" />
        </Button>
      </Group>
      {description !== undefined && fault === null && (
        <Text slot="description" className={field.help}>
          {description}
        </Text>
      )}
      <FieldError className={field.fault ?? ''}>{fault}</FieldError>
    </AriaNumberField>
  );
}
