import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components';

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
