import { ArrowDown, ArrowUp, SlidersHorizontal, X } from 'lucide-react';
import { useContext, useId, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Button, IconButton } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import type { ScheduleDraft } from './draft.ts';
import { ChoiceInput, TextInput } from './fields.tsx';
import styles from './FieldRows.module.css';
import { FaultsContext, useField } from './form.ts';
import type { FieldDraft } from './scrape-draft.ts';

/** What a field row takes. */
export interface FieldRowProps {
  readonly row: number;
  readonly count: number;
  /** Whether the row was just added: its name takes the focus. */
  readonly isFresh: boolean;
  readonly onRemove: () => void;
  readonly onMove: (by: -1 | 1) => void;
}

const kinds = [
  { id: 'text', label: 'text' },
  { id: 'number', label: 'number' },
  { id: 'date', label: 'date' },
  { id: 'url', label: 'address' },
  { id: 'boolean', label: 'yes or no' },
] as const;

const folded = ['attr', 'pattern', 'format', 'locale'] as const;

/** What the folded part of a row holds, in few words: `@href · pattern · optional`. */
function foldedWords(field: FieldDraft): string {
  const parts = [
    field.attr === '' ? '' : `@${field.attr}`,
    field.pattern === '' ? '' : 'pattern',
    field.format,
    field.locale,
    field.many ? 'many' : '',
    field.required ? '' : 'optional',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** One field of a record. What most fields don't need is folded away, and said in few words. */
export function FieldRow({ row, count, isFresh, onRemove, onMove }: FieldRowProps) {
  const { control, getValues, setValue } = useFormContext<ScheduleDraft>();
  const field = useWatch({ control, name: `scrape.fields.${row}` });
  const { byPath } = useContext(FaultsContext);
  const [isOpened, setIsOpened] = useState(false);
  const detailsId = useId();
  const hasFaultInside = folded.some((part) => byPath.has(`scrape.fields.${row}.${part}`));
  const isOpen = isOpened || hasFaultInside;
  const called = field.name.trim() === '' ? `field ${String(row + 1)}` : field.name.trim();
  const words = foldedWords(field);

  // The key names a field: it follows when that field is renamed.
  const rename = (name: string): void => {
    const before = field.name.trim();
    if (before !== '' && getValues('scrape.key') === before)
      setValue('scrape.key', name.trim(), { shouldDirty: true });
  };

  return (
    <div className={styles.row} role="group" aria-label={`Field ${called}`}>
      <TextInput
        name={`scrape.fields.${row}.name`}
        aria-label={`Name of field ${String(row + 1)}`}
        placeholder="name"
        autoFocus={isFresh}
        onEdit={rename}
      />
      <TextInput
        name={`scrape.fields.${row}.select`}
        aria-label={`Selector of ${called}`}
        mono
        placeholder="the item itself"
      />
      <ChoiceInput
        name={`scrape.fields.${row}.as`}
        aria-label={`Read ${called} as`}
        choices={kinds}
      />
      <div className={styles.rowActions}>
        <IconButton
          label={isOpen ? `Fewer settings of ${called}` : `More settings of ${called}`}
          aria-expanded={isOpen}
          aria-controls={detailsId}
          onPress={() => {
            setIsOpened(!isOpen);
          }}
        >
          <SlidersHorizontal aria-hidden="true" />
        </IconButton>
        <IconButton label={`Remove ${called}`} onPress={onRemove}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      {!isOpen && words !== '' && <p className={styles.folded}>{words}</p>}
      <div id={detailsId} className={styles.details} hidden={!isOpen}>
        {isOpen && (
          <FieldDetails row={row} field={field} called={called} count={count} onMove={onMove} />
        )}
      </div>
    </div>
  );
}

interface FieldDetailsProps {
  readonly row: number;
  readonly field: FieldDraft;
  readonly called: string;
  readonly count: number;
  readonly onMove: (by: -1 | 1) => void;
}

function FieldDetails({ row, field, called, count, onMove }: FieldDetailsProps) {
  const many = useField(`scrape.fields.${row}.many`);
  const required = useField(`scrape.fields.${row}.required`);
  const at = `scrape.fields.${row}` as const;
  return (
    <>
      <TextInput name={`${at}.attr`} label="Attribute" mono placeholder="its text" />
      <TextInput
        name={`${at}.pattern`}
        label="Pattern"
        mono
        placeholder="all of it"
        description="A regular expression; its first group is taken."
      />
      {(field.as === 'date' || field.format !== '') && (
        <TextInput name={`${at}.format`} label="Date format" mono placeholder="MMMM d, yyyy" />
      )}
      {(field.as === 'date' || field.as === 'number' || field.locale !== '') && (
        <TextInput name={`${at}.locale`} label="Language" mono placeholder="en" />
      )}
      <div className={styles.switches}>
        <Checkbox isSelected={many.value} onChange={many.change}>
          Many: a list of all matches
        </Checkbox>
        <Checkbox isSelected={required.value} onChange={required.change}>
          Required
        </Checkbox>
        <span className={styles.move}>
          <Button
            size="s"
            variant="quiet"
            icon={<ArrowUp />}
            isDisabled={row === 0}
            aria-label={`Move ${called} up`}
            onPress={() => {
              onMove(-1);
            }}
          >
            Up
          </Button>
          <Button
            size="s"
            variant="quiet"
            icon={<ArrowDown />}
            isDisabled={row === count - 1}
            aria-label={`Move ${called} down`}
            onPress={() => {
              onMove(1);
            }}
          >
            Down
          </Button>
        </span>
      </div>
    </>
  );
}
