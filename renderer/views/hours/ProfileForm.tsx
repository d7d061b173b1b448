import { useEffect, useState } from 'react';
import type { HoursProfile } from '../../../contract/hours.ts';
import { go } from '../../app/route.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/TextField.tsx';
import { call } from '../../state/client.ts';
import { say, sayFailure } from '../../state/toasts.ts';
import { hoursName, useHours } from '../../state/use-hours.ts';
import { useSchedules } from '../../state/use-schedules.ts';
import { useSettings } from '../../state/use-settings.ts';
import { sentence } from '../../forms/sentence.ts';
import { HoursFields } from './HoursFields.tsx';
import { windowPath } from './profile-draft.ts';
import styles from './ProfileForm.module.css';
import { useProfileForm } from './use-profile-form.ts';

/** What the form of named hours takes. */
export interface ProfileFormProps {
  /** Null: new ones. */
  readonly id: string | null;
  readonly onDirty: (isDirty: boolean) => void;
  readonly onSaved: (id: string) => void;
  readonly onClosed: () => void;
  readonly onCancel: () => void;
}

/** Named hours: their name, their week, what closes them, and who keeps them. */
export function ProfileForm(props: ProfileFormProps) {
  const { id, onDirty, onSaved, onCancel } = props;
  const form = useProfileForm(id);
  const { draft, base, edit, faultAt, isDirty } = form;
  const timezone = useSettings(({ settings }) => settings?.values.timezone ?? undefined);
  useEffect(() => {
    onDirty(isDirty);
  }, [isDirty, onDirty]);
  const save = async (): Promise<void> => {
    const saved = await form.save();
    if (saved !== null) onSaved(saved);
  };

  return (
    <form
      className={styles.form}
      aria-label={id === null ? 'New hours' : draft.name}
      onSubmit={(event) => {
        event.preventDefault();
        if (form.reason === null) void save();
      }}
      onKeyDown={(event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
        event.preventDefault();
        if (form.reason === null) void save();
      }}
    >
      <Notices form={form} />
      <div className={id === null ? styles.names : ''}>
        <TextField
          label="Name"
          placeholder="Office hours"
          value={draft.name}
          fault={faultAt('name')}
          autoFocus={id === null}
          autoComplete="off"
          {...(id === null ? {} : { description: `Id ${id}` })}
          onChange={form.rename}
          onBlur={form.touch}
        />
        {id === null && (
          <TextField
            label="Id"
            placeholder="office"
            mono
            value={draft.id}
            fault={faultAt('id')}
            autoComplete="off"
            onChange={form.setId}
          />
        )}
      </div>
      <HoursFields
        hours={draft.hours}
        onChange={(hours) => {
          edit({ ...draft, hours });
        }}
        faultOf={(day, index) => faultAt(windowPath(day, index)) ?? faultAt(`week.${day}`)}
        closedFaultAt={faultAt}
        timezone={timezone}
      />
      {id !== null && <KeptBy id={id} />}
      <div className={styles.buttons}>
        {id !== null && base !== null && <Delete profile={base} onDeleted={props.onClosed} />}
        <span className={styles.why} role="status" id="hours-reason">
          {form.reason}
        </span>
        {(isDirty || id === null) && <Button onPress={onCancel}>Cancel</Button>}
        <Button
          type="submit"
          variant="primary"
          isDisabled={form.reason !== null}
          isPending={form.isSaving}
          aria-describedby="hours-reason"
        >
          Save
        </Button>
      </div>
    </form>
  );
}

function Notices({ form }: { readonly form: ReturnType<typeof useProfileForm> }) {
  return (
    <>
      {form.problem !== null && <Banner tone="failure">{sentence(form.problem)}</Banner>}
      {form.isGone && (
        <Banner tone="person">These hours were deleted elsewhere. Saving makes them anew.</Banner>
      )}
      {form.isOvertaken && (
        <Banner
          tone="person"
          actions={
            <>
              <Button
                size="s"
                onPress={() => {
                  form.adopt(false);
                }}
              >
                Take the other version
              </Button>
              <Button
                size="s"
                onPress={() => {
                  form.adopt(true);
                }}
              >
                Keep mine
              </Button>
            </>
          }
        >
          These hours were changed elsewhere while you were editing them. Saving keeps your version.
        </Banner>
      )}
    </>
  );
}

function KeptBy({ id }: { readonly id: string }) {
  const view = useHours(({ hours }) => hours?.find((one) => one.profile.id === id));
  const schedules = useSchedules((state) => state.schedules);
  if (view === undefined) return null;
  if (view.usedBy.length === 0)
    return <p className={styles.kept}>No schedule keeps these hours yet.</p>;
  return (
    <div className={styles.kept}>
      <span>Kept by</span>
      {view.usedBy.map((schedule) => (
        <Button
          key={schedule}
          size="s"
          onPress={() => {
            go({ view: 'editor', schedule });
          }}
        >
          {schedules?.find((one) => one.id === schedule)?.name ?? schedule}
        </Button>
      ))}
    </div>
  );
}

interface DeleteProps {
  readonly profile: HoursProfile;
  readonly onDeleted: () => void;
}

/** Deletes the hours, with a way back; main refuses it while they are kept, and says by whom. */
function Delete({ profile, onDeleted }: DeleteProps) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const name = hoursName({ profile, usedBy: [] });
  const remove = async (): Promise<void> => {
    const result = await call('deleteHours', { id: profile.id });
    if (!result.ok) {
      setRefusal(result.message);
      return;
    }
    onDeleted();
    say(`${name} was deleted.`, {
      label: 'Undo',
      onAction: () =>
        void call('saveHours', { profile, create: true }).then((back) => {
          if (!back.ok) sayFailure(back.message);
        }),
    });
  };
  return (
    <>
      <Button variant="danger" onPress={() => void remove()}>
        Delete
      </Button>
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
    </>
  );
}
