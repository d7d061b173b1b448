import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { HoursView as Profile } from '../../../contract/views.ts';
import { Button } from '../../components/Button.tsx';
import { LeaveGuard, useLeaveGuard } from '../../components/LeaveGuard.tsx';
import { EmptyState, Loading } from '../../components/States.tsx';
import { View } from '../../components/View.tsx';
import { useHours } from '../../state/use-hours.ts';
import { DefaultHours } from './DefaultHours.tsx';
import styles from './HoursView.module.css';
import { ProfileForm } from './ProfileForm.tsx';
import { ProfileList } from './ProfileList.tsx';

type Shown = { readonly kind: 'new' } | { readonly kind: 'profile'; readonly id: string };

/** The named hours: which there are, who keeps them, and the form of the one chosen. */
export function HoursView() {
  const profiles = useHours(({ hours }) => hours);
  const [chosen, setChosen] = useState<Shown | null>(null);
  const [isDirty, setIsDirty] = useState(false);
  const guard = useLeaveGuard(isDirty);

  const show = (next: Shown | null): void => {
    guard.attempt(() => {
      setIsDirty(false);
      setChosen(next);
    });
  };
  const shown = profiles === null ? null : shownOf(chosen, profiles);

  return (
    <View
      title="Hours"
      actions={
        <Button
          icon={<Plus />}
          onPress={() => {
            show({ kind: 'new' });
          }}
        >
          New hours
        </Button>
      }
    >
      {profiles === null ? (
        <Loading label="Loading the hours" />
      ) : (
        <div className={styles.page}>
          <div className={styles.side}>
            <DefaultHours profiles={profiles} />
            <ProfileList
              profiles={profiles}
              shown={shown?.kind === 'profile' ? shown.id : null}
              onShow={(id) => {
                show({ kind: 'profile', id });
              }}
            />
          </div>
          <div className={styles.main}>
            {shown === null ? (
              <NoHours
                onNew={() => {
                  show({ kind: 'new' });
                }}
              />
            ) : (
              <ProfileForm
                key={shown.kind === 'new' ? 'new' : `profile ${shown.id}`}
                id={shown.kind === 'new' ? null : shown.id}
                onDirty={setIsDirty}
                onSaved={(id) => {
                  setIsDirty(false);
                  setChosen({ kind: 'profile', id });
                }}
                onClosed={() => {
                  setIsDirty(false);
                  setChosen(null);
                }}
                onCancel={() => {
                  show(null);
                }}
              />
            )}
          </div>
        </div>
      )}
      <LeaveGuard
        words="The changes to these hours aren’t saved."
        leaving={guard.leaving}
        onStay={guard.stay}
      />
    </View>
  );
}

/** What was chosen, while it is there; else the first profile. */
function shownOf(chosen: Shown | null, profiles: readonly Profile[]): Shown | null {
  if (chosen !== null) return chosen;
  const first = profiles[0]?.profile.id;
  return first === undefined ? null : { kind: 'profile', id: first };
}

function NoHours({ onNew }: { readonly onNew: () => void }) {
  return (
    <EmptyState
      title="No named hours yet"
      actions={
        <Button variant="primary" onPress={onNew}>
          New hours
        </Button>
      }
    >
      Hours say when schedules may run: in the office, at night, never on a holiday. Give them a
      name once and let many schedules keep them.
    </EmptyState>
  );
}
