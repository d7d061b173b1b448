import { memo } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import type { ScheduleDraft } from './draft.ts';
import { ChoiceInput, TextInput } from './fields.tsx';
import { FieldRows } from './FieldRows.tsx';
import styles from './PageSection.module.css';
import { Section } from './Section.tsx';

/** What the page section takes. */
export interface PageSectionProps {
  /** Whether the schedule isn't stored yet: its id may still be chosen. */
  readonly isNew: boolean;
  /** Hears that the name was typed, to derive the id from it. */
  readonly onName: (name: string) => void;
  /** Hears that the id was typed: it isn't derived any more. */
  readonly onId: (id: string) => void;
  /** Enter in the address: read the page now. */
  readonly onTry: () => void;
}

/** Which page is read, and what of it. */
export const PageSection = memo(function PageSection({
  isNew,
  onName,
  onId,
  onTry,
}: PageSectionProps) {
  const { control } = useFormContext<ScheduleDraft>();
  const id = useWatch({ control, name: 'id' });
  return (
    <Section title="Page">
      <div className={isNew ? styles.nameAndId : ''}>
        <TextInput
          name="name"
          label="Name"
          placeholder="Flink blog"
          onEdit={onName}
          autoFocus={isNew}
          {...(isNew ? {} : { description: `Id ${id}` })}
        />
        {isNew && <TextInput name="id" label="Id" mono placeholder="flink-blog" onEdit={onId} />}
      </div>
      <TextInput
        name="scrape.url"
        label="Address"
        type="url"
        placeholder="https://"
        onEnter={onTry}
        tidy={(text) => text.trim()}
      />
      <TextInput
        name="scrape.items"
        label="Items"
        mono
        placeholder="the whole page"
        description="A CSS selector; each match becomes one row. Left empty, the page is one row."
      />
      <FieldRows />
      <div className={styles.pages}>
        <TextInput
          name="scrape.next"
          label="Next page"
          mono
          placeholder="one page only"
          description="A selector of the link that leads on."
        />
        <TextInput name="scrape.maxPages" label="Most pages" placeholder="50" />
        <KeyChoice />
      </div>
    </Section>
  );
});

function KeyChoice() {
  const { control } = useFormContext<ScheduleDraft>();
  const fields = useWatch({ control, name: 'scrape.fields' });
  const names = [...new Set(fields.map((field) => field.name.trim()))];
  return (
    <ChoiceInput
      name="scrape.key"
      label="Key"
      description="What tells one row from another."
      choices={[
        { id: '', label: 'All fields' },
        ...names.filter((name) => name !== '').map((name) => ({ id: name, label: name })),
      ]}
    />
  );
}
