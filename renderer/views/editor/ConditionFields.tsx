import { Checkbox } from '../../components/Checkbox.tsx';
import { useHost } from '../../state/use-host.ts';
import styles from './ConditionFields.module.css';
import { ChoiceInput } from './fields.tsx';
import { useField } from './form.ts';
import more from './MoreSection.module.css';

/** What must hold for a slot to run, and when it has had enough. */
export function StartingConditions() {
  return (
    <div className={more.group} role="group" aria-label="Whether it runs">
      <h3 className={more.groupTitle}>Whether it runs</h3>
      <ChoiceInput
        name="enough"
        label="It has enough"
        description="Then its other slots of the same open hours, or the same day, are left out."
        choices={[
          { id: 'never', label: 'Never: every slot runs' },
          { id: 'success', label: 'Once a run succeeded' },
          { id: 'change', label: 'Once a run found a change' },
        ]}
      />
      <div data-field="conditions" className={styles.conditions}>
        <Condition
          name="conditions.power"
          label="On mains power only"
          ability="power"
          unknown="This host can’t tell mains power from a battery; the desktop app can."
        />
        <Condition
          name="conditions.network"
          label="With a network only"
          ability="network"
          unknown="This host can’t tell whether there is a network; the desktop app can."
        />
      </div>
    </div>
  );
}

interface ConditionProps {
  readonly name: 'conditions.power' | 'conditions.network';
  readonly label: string;
  readonly ability: 'power' | 'network';
  /** What to know where the host can't tell. */
  readonly unknown: string;
}

function Condition({ name, label, ability, unknown }: ConditionProps) {
  const { value, change, leave, fault } = useField(name);
  const canTell = useHost(({ host }) => host?.abilities[ability] ?? true);
  return (
    <div data-field={name}>
      <Checkbox isSelected={value} onChange={change} onBlur={leave}>
        {label}
      </Checkbox>
      {fault !== null && <p className={styles.fault}>{fault}</p>}
      {!canTell && <p className={styles.help}>{unknown}</p>}
    </div>
  );
}
