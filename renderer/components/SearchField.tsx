import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { Button, Input, SearchField as AriaSearchField } from 'react-aria-components';
import { classes } from './classes.ts';
import field from './Field.module.css';
import styles from './SearchField.module.css';

/** What a search field takes. */
export interface SearchFieldProps {
  readonly 'aria-label': string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A field that narrows a list as one types; Escape empties it. */
export function SearchField({ inputRef, placeholder, ...rest }: SearchFieldProps) {
  return (
    <AriaSearchField {...rest} className={styles.search ?? ''}>
      <Search className={styles.icon} aria-hidden="true" />
      <Input
        {...(inputRef === undefined ? {} : { ref: inputRef })}
        className={classes(field.input, styles.input)}
        placeholder={placeholder}
      />
      <Button className={styles.clear ?? ''}>
        <X aria-hidden="true" />
      </Button>
    </AriaSearchField>
  );
}
