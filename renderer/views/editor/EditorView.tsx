import { useState } from 'react';
import type { ScheduleView } from '../../../contract/views.ts';
import { go } from '../../app/route.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState, ErrorState, Loading } from '../../components/States.tsx';
import { View } from '../../components/View.tsx';
import { useSchedules } from '../../state/use-schedules.ts';
import { ScheduleEditor } from './ScheduleEditor.tsx';

/** What the editor's screen takes: the id of a schedule, or null for a new one. */
export interface EditorViewProps {
  readonly schedule: string | null;
  /** The field to go to at first. */
  readonly field?: string | undefined;
}

/** The editor as a screen: of a schedule that is there, of one that isn't, or of a new one. */
export function EditorView({ schedule, field }: EditorViewProps) {
  const schedules = useSchedules((state) => state.schedules);
  // What was opened stays open when it is deleted elsewhere: the form says so itself.
  const [opened, setOpened] = useState<ScheduleView | null>(null);
  const found = schedules?.find((one) => one.id === schedule);
  if (found !== undefined && opened?.id !== found.id) setOpened(found);

  if (schedules === null)
    return (
      <View title={schedule === null ? 'New schedule' : 'Schedule'}>
        <Loading label="Loading the schedule" />
      </View>
    );
  if (schedule === null) return <ScheduleEditor key="new" opened={null} />;
  const shown = opened?.id === schedule ? opened : found;
  if (shown === undefined) return <Unknown id={schedule} />;
  if (shown.state === 'quarantined')
    return (
      <View title={shown.name}>
        <ErrorState
          title="This schedule can’t be read"
          message={
            shown.why[0]?.text ??
            'Its stored document isn’t one this Jackdaw knows. Import it again.'
          }
          retryLabel="Back to the schedules"
          onRetry={() => {
            go({ view: 'schedules' });
          }}
        />
      </View>
    );
  return <ScheduleEditor key={shown.id} opened={shown} field={field} />;
}

function Unknown({ id }: { readonly id: string }) {
  return (
    <View title="Schedule">
      <EmptyState
        title={`There is no schedule ${id}`}
        actions={
          <Button
            variant="primary"
            onPress={() => {
              go({ view: 'schedules' });
            }}
          >
            Back to the schedules
          </Button>
        }
      >
        It was deleted, or the link names another one.
      </EmptyState>
    </View>
  );
}
