import { X } from 'lucide-react';
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { Button, IconButton } from './Button.tsx';
import { classes } from './classes.ts';
import styles from './Toasts.module.css';

/** What a toast says, and what it offers to do about it. */
export interface ToastWords {
  readonly tone: 'plain' | 'failure';
  readonly text: string;
  readonly action?: { readonly label: string; readonly onAction: () => void };
}

const plainMs = 6_000;
const actionMs = 12_000;

/** The toasts of this window; it outlives every view. */
export const toasts = new ToastQueue<ToastWords>({ maxVisibleToasts: 3 });

/** Says that something was done; with an action (Undo) it stays longer. The pointer or focus holds it. */
export function say(text: string, action?: ToastWords['action']): void {
  const words: ToastWords = { tone: 'plain', text, ...(action === undefined ? {} : { action }) };
  toasts.add(words, { timeout: action === undefined ? plainMs : actionMs });
}

/** Says that something failed. It stays until it is closed. */
export function sayFailure(text: string, action?: ToastWords['action']): void {
  toasts.add({ tone: 'failure', text, ...(action === undefined ? {} : { action }) });
}

/** Where toasts appear; F6 moves the focus there. */
export function Toasts() {
  return (
    <ToastRegion queue={toasts} className={styles.region ?? ''} aria-label="Messages">
      {({ toast }) => (
        <Toast toast={toast} className={classes(styles.toast, styles[toast.content.tone])}>
          <ToastContent className={styles.content}>
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {toast.content.action !== undefined && (
            <Button
              size="s"
              onPress={() => {
                toast.content.action?.onAction();
                toasts.close(toast.key);
              }}
            >
              {toast.content.action.label}
            </Button>
          )}
          <IconButton slot="close" label="Dismiss" tip={false}>
            <X aria-hidden="true" />
          </IconButton>
        </Toast>
      )}
    </ToastRegion>
  );
}
