import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Choice } from './Select.tsx';
import styles from './Segmented.module.css';

/** What a segmented choice takes. */
export interface SegmentedProps<Value extends string> {
  readonly 'aria-label': string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly isDisabled?: boolean;
}

/** One of two to five short choices, all in sight; arrows move between them. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { choices, value, onChange, isDisabled = false } = props;
  return (
    <ToggleButtonGroup
      aria-label={props['aria-label']}
      className={styles.group ?? ''}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      isDisabled={isDisabled}
      onSelectionChange={(keys) => {
        const chosen = choices.find((choice) => keys.has(choice.id));
        if (chosen !== undefined) onChange(chosen.id);
      }}
    >
      {choices.map((choice) => (
        <ToggleButton key={choice.id} id={choice.id} className={styles.segment ?? ''}>
          {choice.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
