import { Button } from '../../components/Button.tsx';
import { Popover } from '../../components/Popover.tsx';
import { cronFields, cronSigns } from './cron-reference.ts';
import styles from './CronFields.module.css';
import { TextInput } from './fields.tsx';

/** A cron expression, with its grammar a press away. */
export function CronFields() {
  return (
    <div className={styles.cron}>
      <TextInput
        name="trigger.expression"
        label="Cron expression"
        mono
        placeholder="*/15 9-17 * * 1-5"
        description="Minute, hour, day of the month, month, weekday; with six fields, seconds come first."
      />
      <div className={styles.grammar}>
        <Popover
          title="What can be written"
          button={
            <Button size="s" variant="quiet">
              What can be written?
            </Button>
          }
        >
          <Reference />
        </Popover>
      </div>
    </div>
  );
}

function Reference() {
  return (
    <>
      <dl className={styles.signs}>
        {cronSigns.map(({ sign, means }) => (
          <div key={sign}>
            <dt>
              <code>{sign}</code>
            </dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
      <dl className={styles.fields}>
        {cronFields.map(([field, holds]) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd>{holds}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
