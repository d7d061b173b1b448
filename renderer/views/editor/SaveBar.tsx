import { Button } from '../../components/Button.tsx';
import type { ScheduleDraft } from './draft.ts';
import type { FormFault } from './faults.ts';
import { placeName } from './place-names.ts';
import styles from './SaveBar.module.css';

/** What the save bar takes. */
export interface SaveBarProps {
  readonly draft: ScheduleDraft;
  readonly blocking: readonly FormFault[];
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly onCancel: () => void;
  readonly onSave: () => void;
  /** Leads to the first thing that keeps the draft from being saved. */
  readonly onShow: () => void;
}

/** Why it can't be saved just now; null where it can. */
function reason({ draft, blocking, isDirty }: SaveBarProps): string | null {
  const [first] = blocking;
  if (first === undefined) return isDirty ? null : 'No changes to save';
  const more = blocking.length - 1;
  const rest = more === 0 ? '' : ` (and ${String(more)} more)`;
  return `${placeName(first.path, draft)}: ${first.message}${rest}`;
}

/** Cancel and save, and the reason where saving isn't possible. */
export function SaveBar(props: SaveBarProps) {
  const { blocking, isSaving, onCancel, onSave, onShow } = props;
  const why = reason(props);
  return (
    <>
      <span className={styles.why} id="save-reason" role="status" title={why ?? undefined}>
        {why !== null && blocking.length > 0 ? (
          <button type="button" className={styles.show} onClick={onShow}>
            {why}
          </button>
        ) : (
          why
        )}
      </span>
      <Button onPress={onCancel}>Cancel</Button>
      <Button
        variant="primary"
        isDisabled={why !== null}
        isPending={isSaving}
        aria-describedby="save-reason"
        onPress={onSave}
      >
        Save
      </Button>
    </>
  );
}
