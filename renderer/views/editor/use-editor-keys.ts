import { useEffect } from 'react';

/** What the keys of the editor do. */
export interface EditorKeys {
  readonly onSave: () => void;
  readonly onEscape: () => void;
}

/**
 * Ctrl/Cmd+S saves from anywhere; Escape leaves, unless something open on top took it for itself.
 */
export function useEditorKeys({ onSave, onEscape }: EditorKeys): void {
  useEffect(() => {
    const onSaveKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's')
        return;
      event.preventDefault();
      if (document.querySelector('[role="dialog"]') === null) onSave();
    };
    const onEscapeKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('[role="dialog"], [role="listbox"], [role="menu"]') === null)
        onEscape();
    };
    // Saving hears the key before any field; leaving only what nobody else has used.
    window.addEventListener('keydown', onSaveKey, { capture: true });
    window.addEventListener('keydown', onEscapeKey);
    return () => {
      window.removeEventListener('keydown', onSaveKey, { capture: true });
      window.removeEventListener('keydown', onEscapeKey);
    };
  }, [onSave, onEscape]);
}
