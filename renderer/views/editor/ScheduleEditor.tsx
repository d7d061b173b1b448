import { ArrowLeft } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { FormProvider } from 'react-hook-form';
import type { ScheduleView } from '../../../contract/views.ts';
import { IconButton } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { LeaveGuard } from '../../components/LeaveGuard.tsx';
import { View } from '../../components/View.tsx';
import { EditorWarnings } from './EditorWarnings.tsx';
import { FaultList } from './FaultList.tsx';
import { FaultsContext, focusPlace } from './form.ts';
import { HoursSection } from './HoursSection.tsx';
import { MoreSection } from './MoreSection.tsx';
import { NextRuns } from './NextRuns.tsx';
import { PageSection } from './PageSection.tsx';
import { SaveBar } from './SaveBar.tsx';
import styles from './ScheduleEditor.module.css';
import { TryOutPanel } from './TryOutPanel.tsx';
import { useEditor, type Editor } from './use-editor.ts';
import { useEditorKeys } from './use-editor-keys.ts';
import { WhenSection } from './WhenSection.tsx';

/** What the editor takes: the schedule, null for a new one, and the field to go to at first. */
export interface ScheduleEditorProps {
  readonly opened: ScheduleView | null;
  readonly field?: string | undefined;
}

/** The whole editor of one schedule. */
export function ScheduleEditor({ opened, field }: ScheduleEditorProps) {
  const editor = useEditor(opened);
  const { state, isNew, isGone, saving } = editor;
  useEffect(() => {
    if (field !== undefined) requestAnimationFrame(() => focusPlace(field));
  }, [field]);
  useEditorKeys({ onSave: () => editor.save(), onEscape: editor.leave });
  return (
    <FormProvider {...state.form}>
      <FaultsContext value={editor.faults}>
        <View
          title={isNew ? 'New schedule' : (state.base?.name ?? state.draft.name)}
          lead={
            <IconButton label="Back to the schedules" onPress={editor.leave}>
              <ArrowLeft aria-hidden="true" />
            </IconButton>
          }
          actions={
            <SaveBar
              draft={state.draft}
              blocking={editor.blocking}
              isDirty={state.isDirty || isGone}
              isSaving={saving.isSaving}
              onCancel={editor.leave}
              onSave={() => editor.save()}
              onShow={editor.showFaults}
            />
          }
        >
          <div className={styles.editor}>
            <EditorWarnings
              isGone={isGone}
              isOvertaken={state.isOvertaken && !saving.isSaving && !saving.isSaved}
              problem={saving.problem}
              onAdopt={state.adopt}
            />
            <PageAndTryOut editor={editor} />
            <TimesAndNextRuns editor={editor} />
            <MoreSection />
            {editor.faults.showAll && <FaultList faults={editor.blocking} draft={state.draft} />}
          </div>
        </View>
        <Leaving editor={editor} />
      </FaultsContext>
    </FormProvider>
  );
}

function PageAndTryOut({ editor }: { readonly editor: Editor }) {
  const { derived, tried } = editor;
  return (
    <div className={styles.pair}>
      <PageSection
        isNew={editor.isNew}
        onName={derived.onName}
        onId={derived.onId}
        onTry={tried.onTry}
      />
      <div className={styles.beside}>
        <TryOutPanel state={tried.tryOut} hasAddress={tried.hasAddress} />
      </div>
    </div>
  );
}

function TimesAndNextRuns({ editor }: { readonly editor: Editor }) {
  const { preview, asked, state } = editor;
  const { live, isDirty } = state;
  const isUnreadable = asked === null;
  // Only a new draft is a new question: what asks it anew compares by identity.
  const of = useMemo(() => (asked === null ? null : { schedule: asked }), [asked]);
  return (
    <div className={classes(styles.pair, styles.timed)}>
      <div className={styles.sections}>
        <WhenSection sentence={isUnreadable ? '' : (preview.preview?.trigger ?? '')} />
        <HoursSection />
      </div>
      <div className={styles.beside}>
        <NextRuns
          readable={preview.readable}
          isStale={isUnreadable || preview.preview !== preview.readable}
          problem={preview.problem}
          isEnabled={live?.enabled ?? true}
          isEdited={isDirty}
          of={of}
        />
      </div>
    </div>
  );
}

function Leaving({ editor }: { readonly editor: Editor }) {
  const { guard, isNew, canSave, state } = editor;
  const saveAndLeave = (): void => {
    const proceed = guard.leaving;
    guard.stay();
    editor.save(proceed ?? undefined);
  };
  return (
    <LeaveGuard
      words={
        isNew
          ? 'This schedule isn’t saved yet.'
          : `The changes to ${state.draft.name} aren’t saved.`
      }
      leaving={guard.leaving}
      onStay={guard.stay}
      onSave={canSave ? saveAndLeave : undefined}
    />
  );
}
