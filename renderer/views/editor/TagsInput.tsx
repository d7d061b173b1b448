import { useState } from 'react';
import { TextField } from '../../components/TextField.tsx';
import { Tokens } from '../../components/Tokens.tsx';
import { useField } from './form.ts';
import styles from './TagsInput.module.css';

/** Words to find the schedule by: Enter or a comma adds one, Backspace in the empty field takes the last. */
export function TagsInput() {
  const tags = useField('tags');
  const [typed, setTyped] = useState('');
  const add = (text: string): void => {
    const added = text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '');
    if (added.length > 0) tags.change([...new Set([...tags.value, ...added])]);
    setTyped('');
  };
  return (
    <div data-field="tags">
      <TextField
        label="Tags"
        placeholder="Enter adds one"
        value={typed}
        fault={tags.fault}
        onChange={(text) => {
          if (text.includes(',')) add(text);
          else setTyped(text);
        }}
        onBlur={() => {
          add(typed);
          tags.leave();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            add(typed);
          }
          event.continuePropagation();
          if (event.key === 'Backspace' && typed === '') tags.change(tags.value.slice(0, -1));
        }}
      />
      {tags.value.length > 0 && (
        <div className={styles.tags}>
          <Tokens
            aria-label="Tags"
            tokens={tags.value.map((tag) => ({
              id: tag,
              words: tag,
              removeLabel: `Remove tag ${tag}`,
            }))}
            onRemove={(tag) => {
              tags.change(tags.value.filter((other) => other !== tag));
            }}
          />
        </div>
      )}
    </div>
  );
}
