import { Notification } from 'electron';
import type { Notice } from './notices.ts';

/** Notifications on the screen: kept until closed, or the system forgets what a click should do. */
const shown = new Set<Notification>();

/** Shows a notification, where the system can; a click on it calls `onClick`. */
export function notify(notice: Notice, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title: notice.title, body: notice.body });
  const forget = (): void => {
    shown.delete(notification);
  };
  notification.on('click', () => {
    forget();
    onClick();
  });
  notification.on('close', forget);
  notification.on('failed', forget);
  shown.add(notification);
  notification.show();
}
