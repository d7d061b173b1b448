import { ArrowLeft } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { FormProvider } from 'react-hook-form';
import type { ScheduleView } from '../../../contract/views.ts';
import { go } from '../../app/route.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button, IconButton } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { LeaveGuard, useLeaveGuard } from '../../components/LeaveGuard.tsx';
import { View } from '../../components/View.tsx';
import { useSchedules } from '../../state/use-schedules.ts';
import { FaultList } from './FaultList.tsx';
import { forPreview, type FormFault } from './faults.ts';
import { FaultsContext, faultsByPath, focusPlace, type FaultsInForm } from './form.ts';
import { HoursSection } from './HoursSection.tsx';
import { freeIdFromName } from '../../forms/id-from-name.ts';
import { MoreSection } from './MoreSection.tsx';
import { NextRuns } from './NextRuns.tsx';
import { PageSection } from './PageSection.tsx';
import { SaveBar } from './SaveBar.tsx';
import styles from './ScheduleEditor.module.css';
import { tryOutFaults, tryOutQuestion } from './try-out.ts';
import { TryOutPanel } from './TryOutPanel.tsx';
import { useEditorKeys } from './use-editor-keys.ts';
import { useFaults } from './use-faults.ts';
import { usePreview } from './use-preview.ts';
import { useSave } from './use-save.ts';
import { useScheduleForm } from './use-schedule-form.ts';
import { useTryOut } from './use-try-out.ts';
import { WhenSection } from './WhenSection.tsx';

const noFaults: readonly never[] = [];

/** The whole editor of one schedule; `opened` is null for a new one. */
export function ScheduleEditor({ opened }: { readonly opened: ScheduleView | null }) {
  const state = useScheduleForm(opened);
  const { form, draft, checked, base, live, isDirty } = state;
  const isNew = opened === null;
  const isGone = !isNew && live === undefined;
  const [isAttempted, setIsAttempted] = useState(false);
  const taken = useTakenIds();
  const { onName, onId } = useDerivedId(form, isNew, taken);

  const asked = useMemo(() => forPreview(checked), [checked]);
  const preview = usePreview(asked);
  const question = useMemo(() => tryOutQuestion(draft), [draft]);
  const [firstQuestion] = useState(() => JSON.stringify(question?.scrape));
  const isTouched = isNew || JSON.stringify(question?.scrape) !== firstQuestion;
  const tryOut = useTryOut(question, isTouched);
  const tried = useMemo(
    () =>
      tryOut.isCurrent && tryOut.answer !== null && question !== null
        ? tryOutFaults(tryOut.answer.faults, question.rows)
        : noFaults,
    [tryOut.isCurrent, tryOut.answer, question],
  );

  const { tryNow } = tryOut;
  const onTry = useCallback(() => {
    tryNow(false);
  }, [tryNow]);

  const save = useSave({ candidate: checked.candidate, create: isNew || isGone });
  const { blocking, shown } = useFaults({
    draft,
    checked,
    isIdTaken: isNew && taken.has(draft.id.trim()),
    previewed: asked === null ? noFaults : (preview.preview?.faults ?? noFaults),
    refused: save.faults,
    tried,
  });
  const faults = useFaultsInForm(shown, !isNew || isAttempted);
  const guard = useLeaveGuard(isDirty && !save.isSaved);

  const showFaults = (): void => {
    setIsAttempted(true);
    const [first] = blocking;
    if (first !== undefined) requestAnimationFrame(() => focusPlace(first.path));
  };
  const toSchedules = (): void => go({ view: 'schedules' });
  const canSave = blocking.length === 0 && (isDirty || isGone) && !save.isSaving;
  const onSave = async (then: () => void): Promise<void> => {
    if (blocking.length > 0) showFaults();
    else if (canSave && (await form.trigger()) && (await save.save())) then();
  };
  const leave = (): void => guard.attempt(toSchedules);
  useEditorKeys({ onSave: () => void onSave(toSchedules), onEscape: leave });

  return (
    <FormProvider {...form}>
      <FaultsContext value={faults}>
        <View
          title={isNew ? 'New schedule' : (base?.name ?? draft.name)}
          lead={
            <IconButton label="Back to the schedules" onPress={leave}>
              <ArrowLeft aria-hidden="true" />
            </IconButton>
          }
          actions={
            <SaveBar
              draft={draft}
              blocking={blocking}
              isDirty={isDirty || isGone}
              isSaving={save.isSaving}
              onCancel={leave}
              onSave={() => void onSave(toSchedules)}
              onShow={showFaults}
            />
          }
        >
          <div className={styles.editor}>
            <Warnings
              isGone={isGone}
              isOvertaken={state.isOvertaken && !save.isSaving && !save.isSaved}
              problem={save.problem}
              onAdopt={state.adopt}
            />
            <div className={styles.pair}>
              <PageSection isNew={isNew} onName={onName} onId={onId} onTry={onTry} />
              <div className={styles.beside}>
                <TryOutPanel state={tryOut} hasAddress={question !== null} />
              </div>
            </div>
            <div className={classes(styles.pair, styles.timed)}>
              <div className={styles.sections}>
                <WhenSection
                  sentence={asked === null ? '' : (preview.preview?.trigger ?? '')}
                  kept={keptTrigger(opened)}
                />
                <HoursSection stored={typeof base?.hours === 'object' ? base.hours : null} />
              </div>
              <div className={styles.beside}>
                <NextRuns
                  state={preview}
                  isUnreadable={asked === null}
                  isEnabled={live?.enabled ?? true}
                  before={isDirty ? (live?.nextRun?.at ?? null) : null}
                />
              </div>
            </div>
            <MoreSection />
            {(isAttempted || !isNew) && <FaultList faults={blocking} draft={draft} />}
          </div>
        </View>
        <LeaveGuard
          words={
            isNew ? 'This schedule isn’t saved yet.' : `The changes to ${draft.name} aren’t saved.`
          }
          leaving={guard.leaving}
          onStay={guard.stay}
          onSave={
            canSave
              ? () => {
                  const proceed = guard.leaving;
                  guard.stay();
                  void onSave(proceed ?? toSchedules);
                }
              : undefined
          }
        />
      </FaultsContext>
    </FormProvider>
  );
}

/** The faults for the fields below; the same object while they are the same, so that few draw again. */
function useFaultsInForm(shown: readonly FormFault[], showAll: boolean): FaultsInForm {
  const key = JSON.stringify(shown);
  return useMemo(
    () => ({ byPath: faultsByPath(JSON.parse(key) as readonly FormFault[]), showAll }),
    [key, showAll],
  );
}

/** The words of a stored trigger the form has no fields for. */
function keptTrigger(opened: ScheduleView | null): string | null {
  const kind = opened?.document.trigger?.kind;
  return opened === null || kind === 'interval' || kind === 'cron' ? null : opened.trigger;
}

function useTakenIds(): ReadonlySet<string> {
  const schedules = useSchedules((state) => state.schedules);
  return useMemo(() => new Set(schedules?.map((schedule) => schedule.id)), [schedules]);
}

/** Derives the id of a new schedule from its name, until the id itself is typed. */
function useDerivedId(
  form: ReturnType<typeof useScheduleForm>['form'],
  isNew: boolean,
  taken: ReadonlySet<string>,
): { readonly onName: (name: string) => void; readonly onId: (id: string) => void } {
  const [isOwn, setIsOwn] = useState(false);
  const { setValue } = form;
  const onName = useCallback(
    (name: string) => {
      if (isNew && !isOwn)
        setValue('id', freeIdFromName(name, taken, 'schedule'), { shouldDirty: true });
    },
    [isNew, isOwn, setValue, taken],
  );
  const onId = useCallback((id: string) => {
    setIsOwn(id !== '');
  }, []);
  return { onName, onId };
}

interface WarningsProps {
  readonly isGone: boolean;
  readonly isOvertaken: boolean;
  readonly problem: string | null;
  readonly onAdopt: (keepChanges: boolean) => void;
}

function Warnings({ isGone, isOvertaken, problem, onAdopt }: WarningsProps) {
  return (
    <>
      {problem !== null && <Banner tone="failure">{problem}</Banner>}
      {isGone && (
        <Banner tone="person">
          This schedule was deleted elsewhere. Saving makes it anew, without its history.
        </Banner>
      )}
      {isOvertaken && (
        <Banner
          tone="person"
          actions={
            <>
              <Button size="s" onPress={() => onAdopt(false)}>
                Take the other version
              </Button>
              <Button size="s" onPress={() => onAdopt(true)}>
                Keep mine
              </Button>
            </>
          }
        >
          This schedule was changed elsewhere while you were editing it. Saving keeps your version.
        </Banner>
      )}
    </>
  );
}
