import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField, type CheckboxFieldProps } from 'react-aria-components';
import styles from './Toggle.module.css';

/** What a checkbox takes. Without words give it an `aria-label`. */
export interface CheckboxProps extends Omit<
  CheckboxFieldProps,
  'className' | 'style' | 'children'
> {
  readonly children?: ReactNode;
}

/** Yes or no, in force when the form is saved. */
export function Checkbox({ children, ...rest }: CheckboxProps) {
  return (
    <CheckboxField {...rest} className={styles.field ?? ''}>
      <CheckboxButton className={styles.toggle ?? ''}>
        {({ isSelected, isIndeterminate }) => (
          <>
            <span className={styles.box} aria-hidden="true">
              {isIndeterminate ? <Minus /> : isSelected ? <Check /> : null}
            </span>
            {children !== undefined && <span className={styles.words}>{children}</span>}
          </>
        )}
      </CheckboxButton>
    </CheckboxField>
  );
}
