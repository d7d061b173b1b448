import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import styles from './Dialog.module.css';

/** What a dialog takes. */
export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  /** Escape, a click beside it, or one of its own buttons. */
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** The buttons, the one that does it last. */
  readonly buttons: ReactNode;
}

/** A question that must be answered before going on. Focus stays inside, and goes back where it was. */
export function Dialog({ title, isOpen, onClose, children, buttons }: DialogProps) {
  return (
    <ModalOverlay
      className={styles.scrim ?? ''}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={styles.modal ?? ''}>
        <AriaDialog className={styles.dialog ?? ''}>
          <Heading slot="title" level={2} className={styles.title ?? ''}>
            {title}
          </Heading>
          <div className={styles.body}>{children}</div>
          <div className={styles.buttons}>{buttons}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
