import type { ReactElement, ReactNode } from 'react';
import { Dialog, DialogTrigger, Heading, Popover as AriaPopover } from 'react-aria-components';
import styles from './Popover.module.css';

/** What a popover takes: the button that opens it, its title, and what it shows. */
export interface PopoverProps {
  readonly title: string;
  readonly button: ReactElement;
  readonly children: ReactNode;
}

/** More about something, beside it: opens on a press, closes with Escape or a press elsewhere. */
export function Popover({ title, button, children }: PopoverProps) {
  return (
    <DialogTrigger>
      {button}
      <AriaPopover className={styles.popover ?? ''} placement="bottom start" offset={6}>
        <Dialog className={styles.dialog ?? ''}>
          <Heading slot="title" level={2} className={styles.title ?? ''}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
