import { ChevronRight } from 'lucide-react';
import { useContext, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { sameValue } from './candidate.ts';
import { newDraft, type ScheduleDraft } from './draft.ts';
import { ChoiceInput, DurationInput, TextInput } from './fields.tsx';
import { FaultsContext } from './form.ts';
import styles from './MoreSection.module.css';
import { TagsInput } from './TagsInput.tsx';

const parts = [
  ['timeout', 'time limit'],
  ['missed', 'missed runs'],
  ['overlap', 'overlap'],
  ['retry', 'retries'],
  ['pauseAfterFailures', 'pause after failures'],
  ['tags', 'tags'],
  ['description', 'description'],
] as const;

/** What is set otherwise than usual in the folded part, in few words. */
function changedWords(draft: ScheduleDraft): string {
  const changed = parts.filter(([part]) => !sameValue(draft[part], newDraft[part]));
  return changed.length === 0 ? 'as usual' : changed.map(([, words]) => words).join(', ');
}

/** What most schedules leave as it is, folded away; it opens by itself where something is wrong in it. */
export function MoreSection() {
  const { control } = useFormContext<ScheduleDraft>();
  const words = useWatch({ control, compute: changedWords });
  const [isOpened, setIsOpened] = useState(false);
  const { byPath } = useContext(FaultsContext);
  const hasFault = [...byPath.keys()].some((path) =>
    parts.some(([part]) => path.split('.')[0] === part),
  );
  const isOpen = isOpened || hasFault;
  return (
    <Disclosure className={styles.more ?? ''} isExpanded={isOpen} onExpandedChange={setIsOpened}>
      <Heading level={2} className={styles.heading ?? ''}>
        <Button slot="trigger" className={styles.button ?? ''}>
          <ChevronRight className={styles.chevron} aria-hidden="true" />
          More
          <span className={styles.words}>{words}</span>
        </Button>
      </Heading>
      <DisclosurePanel>
        {isOpen && (
          <div className={styles.fields}>
            <Policies />
            <TagsInput />
            <TextInput name="description" label="Description" rows={3} className={styles.wide} />
          </div>
        )}
      </DisclosurePanel>
    </Disclosure>
  );
}

function Policies() {
  return (
    <>
      <DurationInput
        name="timeout"
        label="Time limit of a run"
        description="A run that takes longer is ended."
      />
      <ChoiceInput
        name="overlap"
        label="While the last run still goes on"
        choices={[
          { id: 'skip', label: 'Skip the new one' },
          { id: 'queue', label: 'Let one wait' },
        ]}
      />
      <TextInput
        name="pauseAfterFailures"
        label="Pause after failures in a row"
        placeholder="5"
        description="0: never."
      />
      <ChoiceInput
        name="missed.policy"
        label="Runs missed while off or asleep"
        choices={[
          { id: 'latest', label: 'Catch up the latest' },
          { id: 'all', label: 'Catch up all' },
          { id: 'skip', label: 'Let them go' },
        ]}
      />
      <DurationInput
        name="missed.grace"
        label="Grace"
        description="Older ones are not caught up."
      />
      <div className={styles.retry} role="group" aria-label="Retries">
        <TextInput
          name="retry.attempts"
          label="Attempts"
          placeholder="3"
          description="The first included; 1: never again."
        />
        <TextInput name="retry.factor" label="Wait grows by" placeholder="2" description="times" />
      </div>
      <DurationInput name="retry.backoff" label="First wait before a retry" />
      <DurationInput name="retry.max" label="Longest wait" />
    </>
  );
}
