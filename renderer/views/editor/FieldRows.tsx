import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { Button } from '../../components/Button.tsx';
import type { ScheduleDraft } from './draft.ts';
import { FieldRow } from './FieldRow.tsx';
import styles from './FieldRows.module.css';
import { useFaultAt } from './form.ts';
import { newField } from './scrape-draft.ts';

/** The fields of a record as rows: what each is called, where it is found, what it is read as. */
export function FieldRows() {
  const { control, getValues, setValue, formState } = useFormContext<ScheduleDraft>();
  const { fields, append, remove, swap } = useFieldArray({ control, name: 'scrape.fields' });
  const fault = useFaultAt('scrape.fields', formState.dirtyFields.scrape?.fields !== undefined);

  const [fresh, setFresh] = useState<number | null>(null);
  const takeOut = (row: number): void => {
    if (getValues(`scrape.fields.${row}.name`) === getValues('scrape.key'))
      setValue('scrape.key', '', { shouldDirty: true });
    remove(row);
  };

  return (
    <div className={styles.fields} data-field="scrape.fields" role="group" aria-label="Fields">
      <div className={styles.heads} aria-hidden="true">
        <span>Field</span>
        <span>Selector</span>
        <span>Read as</span>
      </div>
      {fields.map((field, row) => (
        <FieldRow
          key={field.id}
          row={row}
          count={fields.length}
          isFresh={row === fresh}
          onRemove={() => {
            takeOut(row);
          }}
          onMove={(by) => {
            swap(row, row + by);
          }}
        />
      ))}
      {fault !== null && <p className={styles.fault}>{fault}</p>}
      <div>
        <Button
          size="s"
          icon={<Plus />}
          onPress={() => {
            setFresh(fields.length);
            append(newField, { shouldFocus: false });
          }}
        >
          Add field
        </Button>
      </div>
    </div>
  );
}
