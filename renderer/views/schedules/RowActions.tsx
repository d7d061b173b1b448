import {
  CirclePause,
  CirclePlay,
  Copy,
  Ellipsis,
  Pencil,
  Play,
  TableProperties,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import type { ScheduleView } from '../../../contract/views.ts';
import { go } from '../../app/route.ts';
import { IconButton } from '../../components/Button.tsx';
import { Menu, type MenuEntry } from '../../components/Menu.tsx';
import { pauseChoices, pauseFor, resume } from '../../state/pause.ts';
import { deleteWithUndo, duplicate } from '../../state/schedule-actions.ts';
import { say } from '../../state/toasts.ts';
import styles from './cells.module.css';
import { PauseUntilDialog } from './PauseUntilDialog.tsx';
import { RunOrCancel } from './RunOrCancel.tsx';

/** Run now or cancel, resume where it is paused, and the menu of all else. */
export function RowActions({ schedule }: { readonly schedule: ScheduleView }) {
  const [asksUntil, setAsksUntil] = useState(false);
  return (
    <div className={styles.actions}>
      {schedule.pause !== null && (
        <IconButton label={`Resume ${schedule.name}`} onPress={() => void resume(schedule)}>
          <CirclePlay aria-hidden="true" />
        </IconButton>
      )}
      <RunOrCancel schedule={schedule} />
      <Menu
        label={`More for ${schedule.name}`}
        button={
          <IconButton label={`More for ${schedule.name}`} tip={false}>
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
        entries={entriesOf(schedule, () => setAsksUntil(true))}
      />
      <PauseUntilDialog
        schedule={schedule}
        isOpen={asksUntil}
        onClose={() => setAsksUntil(false)}
      />
    </div>
  );
}

async function duplicateAndTell(schedule: ScheduleView): Promise<void> {
  const copy = await duplicate(schedule);
  if (copy === null) return;
  say(`${copy.name} was added.`, {
    label: 'Edit',
    onAction: () => go({ view: 'editor', schedule: copy.id }),
  });
}

/** The ways to pause one schedule: the lengths all share, and a date of one's own. */
function pauseEntries(schedule: ScheduleView, askUntil: () => void): readonly MenuEntry[] {
  const choices = pauseChoices.map((choice) => ({
    id: choice.id,
    label: choice.label,
    onAction: () => void pauseFor(choice, schedule),
  }));
  return [...choices, { id: 'date', label: 'Until a date…', onAction: askUntil }];
}

function entriesOf(schedule: ScheduleView, askUntil: () => void): readonly MenuEntry[] {
  return [
    {
      id: 'edit',
      label: 'Edit',
      icon: <Pencil />,
      onAction: () => go({ view: 'editor', schedule: schedule.id }),
    },
    {
      id: 'results',
      label: 'Show its rows',
      icon: <TableProperties />,
      onAction: () => go({ view: 'results', schedule: schedule.id }),
    },
    {
      id: 'duplicate',
      label: 'Duplicate',
      icon: <Copy />,
      onAction: () => void duplicateAndTell(schedule),
    },
    schedule.pause === null
      ? {
          kind: 'more',
          id: 'pause',
          label: 'Pause for',
          icon: <CirclePause />,
          entries: pauseEntries(schedule, askUntil),
        }
      : { id: 'resume', label: 'Resume', icon: <Play />, onAction: () => void resume(schedule) },
    { kind: 'line', id: 'line' },
    {
      id: 'delete',
      label: 'Delete',
      icon: <Trash2 />,
      isDangerous: true,
      onAction: () => void deleteWithUndo(schedule),
    },
  ];
}
