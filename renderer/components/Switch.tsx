import type { ReactNode } from 'react';
import { SwitchButton, SwitchField, type SwitchFieldProps } from 'react-aria-components';
import styles from './Toggle.module.css';

/** What a switch takes. Without words give it an `aria-label`. */
export interface SwitchProps extends Omit<SwitchFieldProps, 'className' | 'style' | 'children'> {
  readonly children?: ReactNode;
}

/** On or off, in force at once. */
export function Switch({ children, ...rest }: SwitchProps) {
  return (
    <SwitchField {...rest} className={styles.field ?? ''}>
      <SwitchButton className={styles.toggle ?? ''}>
        <span className={styles.track} aria-hidden="true">
          <span className={styles.thumb} />
        </span>
        {children !== undefined && <span className={styles.words}>{children}</span>}
      </SwitchButton>
    </SwitchField>
  );
}
