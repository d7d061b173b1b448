import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './Button.module.css';
import { classes } from './classes.ts';
import { Tip } from './Tip.tsx';

/** How much a button asks for attention: one `primary` a screen, `danger` for what can't be undone. */
export type ButtonVariant = 'primary' | 'plain' | 'quiet' | 'danger';

/** What a button takes: React Aria's own properties, and the look. */
export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly variant?: ButtonVariant;
  readonly size?: 'm' | 's';
  /** Stands before the words; an icon alone is an `IconButton`. */
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A button with words. `isPending` keeps its width and focus while the call is under way. */
export function Button({ variant = 'plain', size = 'm', icon, children, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      className={classes(styles.button, styles[variant], size === 's' && styles.small)}
    >
      {icon !== undefined && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      {children}
    </AriaButton>
  );
}

/** What an icon button takes. */
export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  /** Its name: read aloud, and shown under the pointer. */
  readonly label: string;
  readonly children: ReactNode;
  /** Leave the tip out where the button opens something that would lie under it. */
  readonly tip?: boolean;
}

/** A button that shows an icon alone; its name appears as a tip. */
export function IconButton({ label, children, tip = true, ...rest }: IconButtonProps) {
  const button = (
    <AriaButton
      {...rest}
      aria-label={label}
      className={classes(styles.button, styles.quiet, styles.square)}
    >
      {children}
    </AriaButton>
  );
  return tip ? <Tip text={label}>{button}</Tip> : button;
}
