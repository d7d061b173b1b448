import type { ReactElement, ReactNode } from 'react';
import {
  Header,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  SubmenuTrigger,
  Text,
} from 'react-aria-components';
import { ChevronRight } from 'lucide-react';
import { classes } from './classes.ts';
import styles from './Menu.module.css';

/** One command of a menu, or a heading with more of them. */
export type MenuEntry =
  | {
      readonly kind?: 'command';
      readonly id: string;
      readonly label: string;
      readonly icon?: ReactNode;
      readonly description?: string;
      readonly isDisabled?: boolean;
      readonly isDangerous?: boolean;
      readonly onAction: () => void;
    }
  | {
      readonly kind: 'more';
      readonly id: string;
      readonly label: string;
      readonly icon?: ReactNode;
      readonly entries: readonly MenuEntry[];
    }
  | { readonly kind: 'line'; readonly id: string };

/** What a menu takes: the button that opens it, and its commands. */
export interface MenuProps {
  readonly label: string;
  /** A `Button`, or an `IconButton` with `tip={false}`. */
  readonly button: ReactElement;
  readonly entries: readonly MenuEntry[];
  /** A line of words above the commands. */
  readonly heading?: string;
}

/** A button that opens a menu of commands; arrows walk, letters jump, Escape closes. */
export function Menu({ label, button, entries, heading }: MenuProps) {
  return (
    <MenuTrigger>
      {button}
      <Popover className={styles.popover ?? ''} placement="bottom end" offset={4}>
        <AriaMenu aria-label={label} className={styles.list ?? ''}>
          {heading === undefined ? (
            entries.map(renderEntry)
          ) : (
            <MenuSection>
              <Header className={styles.heading}>{heading}</Header>
              {entries.map(renderEntry)}
            </MenuSection>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function renderEntry(entry: MenuEntry): ReactElement {
  switch (entry.kind) {
    case 'line':
      return <Separator key={entry.id} className={styles.line ?? ''} />;
    case 'more':
      return (
        <SubmenuTrigger key={entry.id}>
          <MenuItem id={entry.id} textValue={entry.label} className={styles.item ?? ''}>
            <Mark>{entry.icon}</Mark>
            <Text slot="label" className={styles.words}>
              {entry.label}
            </Text>
            <ChevronRight className={styles.more} aria-hidden="true" />
          </MenuItem>
          <Popover className={styles.popover ?? ''} offset={-2}>
            <AriaMenu aria-label={entry.label} className={styles.list ?? ''}>
              {entry.entries.map(renderEntry)}
            </AriaMenu>
          </Popover>
        </SubmenuTrigger>
      );
    default:
      return (
        <MenuItem
          key={entry.id}
          id={entry.id}
          textValue={entry.label}
          isDisabled={entry.isDisabled ?? false}
          onAction={entry.onAction}
          className={classes(styles.item, entry.isDangerous === true && styles.dangerous)}
        >
          <Mark>{entry.icon}</Mark>
          <Text slot="label" className={styles.words}>
            {entry.label}
          </Text>
          {entry.description !== undefined && (
            <Text slot="description" className={styles.explanation}>
              {entry.description}
            </Text>
          )}
        </MenuItem>
      );
  }
}

function Mark({ children }: { readonly children: ReactNode }) {
  return (
    <span className={styles.mark} aria-hidden="true">
      {children}
    </span>
  );
}
