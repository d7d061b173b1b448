import { useCallback, useEffect, useState } from 'react';
import { guardLeaving } from '../app/route.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

/** What a leave guard takes. */
export interface LeaveGuardProps {
  /** What would be lost: `The changes to Flink blog aren’t saved.` */
  readonly words: string;
  /** What the person wanted to do when the question came; null while nothing is asked. */
  readonly leaving: (() => void) | null;
  readonly onStay: () => void;
  /** Saves and then leaves; left out where it can't be saved yet. */
  readonly onSave?: (() => void) | undefined;
}

/** The question before unsaved changes are lost. */
export function LeaveGuard({ words, leaving, onStay, onSave }: LeaveGuardProps) {
  return (
    <Dialog
      title="Leave without saving?"
      isOpen={leaving !== null}
      onClose={onStay}
      buttons={
        <>
          <Button onPress={onStay}>Keep editing</Button>
          <Button
            variant="danger"
            onPress={() => {
              onStay();
              // Or the way out would meet the same question again.
              guardLeaving(null);
              leaving?.();
            }}
          >
            Discard changes
          </Button>
          {onSave !== undefined && (
            <Button variant="primary" onPress={onSave}>
              Save
            </Button>
          )}
        </>
      }
    >
      <p>{words}</p>
    </Dialog>
  );
}

/** What stands between unsaved changes and the way out. */
export interface Leaving {
  /** The way out that waits for an answer; null while nothing is asked. */
  readonly leaving: (() => void) | null;
  /** Goes on at once where nothing is unsaved, else asks first. */
  readonly attempt: (proceed: () => void) => void;
  readonly stay: () => void;
}

/**
 * Guards unsaved changes: leaving the screen asks first, and so does closing the page in a browser.
 * In the desktop app closing hides the window and loses nothing; a page that refuses to close would
 * only keep the app from quitting.
 */
export function useLeaveGuard(isDirty: boolean): Leaving {
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const ask = useCallback((proceed: () => void) => {
    setLeaving(() => proceed);
  }, []);
  useEffect(() => {
    if (!isDirty) return;
    guardLeaving(ask);
    const onBeforeUnload = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
    };
    const isBrowser = !('jackdaw' in window);
    if (isBrowser) window.addEventListener('beforeunload', onBeforeUnload);
    return () => {
      guardLeaving(null);
      window.removeEventListener('beforeunload', onBeforeUnload);
    };
  }, [isDirty, ask]);
  return {
    leaving,
    attempt: (proceed) => {
      if (isDirty) ask(proceed);
      else proceed();
    },
    stay: () => {
      setLeaving(null);
    },
  };
}
