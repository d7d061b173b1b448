import { ToggleButton, ToggleButtonGroup, type Key } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './Chips.module.css';

/** One chip: its value, its word, and its name where the word alone doesn't say it. */
export interface Chip {
  readonly id: string;
  readonly label: string;
  readonly name?: string;
}

/** What a row of chips takes. */
export interface ChipsProps {
  readonly 'aria-label': string;
  readonly chips: readonly Chip[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: ReadonlySet<Key>) => void;
  /** Chips of one width, so many a row; left out they flow. */
  readonly columns?: number;
}

/** Any number of a few short choices, all in sight; arrows move between them, Space chooses. */
export function Chips({ chips, chosen, onChange, columns, ...rest }: ChipsProps) {
  const grid = columns === undefined ? {} : { gridTemplateColumns: `repeat(${columns}, 1fr)` };
  return (
    <ToggleButtonGroup
      aria-label={rest['aria-label']}
      className={classes(styles.chips, columns !== undefined && styles.grid)}
      style={grid}
      selectionMode="multiple"
      selectedKeys={chosen}
      onSelectionChange={onChange}
    >
      {chips.map(({ id, label, name }) => (
        <ToggleButton
          key={id}
          id={id}
          className={styles.chip ?? ''}
          {...(name === undefined ? {} : { 'aria-label': name })}
        >
          {label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
