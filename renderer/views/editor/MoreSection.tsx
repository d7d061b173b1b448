import { ChevronRight } from 'lucide-react';
import { memo, useContext, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { sameValue } from '../../forms/same-value.ts';
import { newDraft, type ScheduleDraft } from './draft.ts';
import { StartingConditions } from './ConditionFields.tsx';
import { ChoiceInput, DurationInput, TextInput } from './fields.tsx';
import { FaultsContext } from './form.ts';
import styles from './MoreSection.module.css';
import { TagsInput } from './TagsInput.tsx';

const parts = [
  ['timeout', 'time limit'],
  ['jitter', 'spread'],
  ['missed', 'missed runs'],
  ['overlap', 'overlap'],
  ['enough', 'enough'],
  ['conditions', 'conditions'],
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
export const MoreSection = memo(function MoreSection() {
  const { control } = useFormContext<ScheduleDraft>();
  const words = useWatch({ control, compute: changedWords });
  const [isOpened, setIsOpened] = useState(false);
  const { byPath } = useContext(FaultsContext);
  const hasFault = [...byPath.keys()].some((path) =>
    parts.some(([part]) => path.split('.')[0] === part),
  );
  const isOpen = isOpened || hasFault;
  return (
    <Disclosure
      className={styles.more ?? ''}
      data-holds={parts.map(([part]) => part).join(' ')}
      isExpanded={isOpen}
      onExpandedChange={setIsOpened}
    >
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
            <Running />
            <StartingConditions />
            <Failing />
            <Missing />
            <Notes />
          </div>
        )}
      </DisclosurePanel>
    </Disclosure>
  );
});

function Running() {
  return (
    <div className={styles.group} role="group" aria-label="A run">
      <h3 className={styles.groupTitle}>A run</h3>
      <DurationInput
        name="timeout"
        label="Time limit"
        description="A run that takes longer is ended."
      />
      <DurationInput
        name="jitter"
        label="Spread by up to"
        description="Each run starts at a moment within this time after its slot, so that not all begin together."
      />
      <ChoiceInput
        name="overlap"
        label="While the last one still goes on"
        choices={[
          { id: 'skip', label: 'Skip the new one' },
          { id: 'queue', label: 'Let one wait' },
        ]}
      />
    </div>
  );
}

function Failing() {
  return (
    <div className={styles.group} role="group" aria-label="When it fails">
      <h3 className={styles.groupTitle}>When it fails</h3>
      <div className={styles.two}>
        <TextInput
          name="retry.attempts"
          label="Attempts"
          placeholder="3"
          description="The first included; 1: never again."
        />
        <TextInput
          name="pauseAfterFailures"
          label="Pause after"
          placeholder="5"
          description="failures in a row; 0: never."
        />
      </div>
      <DurationInput name="retry.backoff" label="First wait" />
      <DurationInput name="retry.max" label="Longest wait" />
      <TextInput name="retry.factor" label="Grows by" placeholder="2" className={styles.narrow} />
    </div>
  );
}

function Missing() {
  return (
    <div className={styles.group} role="group" aria-label="When it was missed">
      <h3 className={styles.groupTitle}>Missed while off or asleep</h3>
      <ChoiceInput
        name="missed.policy"
        label="Then"
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
    </div>
  );
}

function Notes() {
  return (
    <div className={styles.group} role="group" aria-label="Notes">
      <h3 className={styles.groupTitle}>Notes</h3>
      <TagsInput />
      <TextInput name="description" label="Description" rows={3} />
    </div>
  );
}
