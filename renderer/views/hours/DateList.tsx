import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { TextField } from '../../components/TextField.tsx';
import { dateWords } from './closed-words.ts';
import styles from './DateList.module.css';

/** What a list of dates takes. */
export interface DateListProps {
  readonly dates: readonly string[];
  readonly onChange: (dates: readonly string[]) => void;
  readonly fault?: string | null;
}

/** Dates on which nothing is open, in order; add one, take one out. */
export function DateList({ dates, onChange, fault = null }: DateListProps) {
  const [typed, setTyped] = useState('');
  const add = (): void => {
    if (typed === '') return;
    onChange([...new Set([...dates, typed])].toSorted());
    setTyped('');
  };
  return (
    <div className={styles.dates} role="group" aria-label="Excluded dates">
      {dates.map((date) => (
        <span key={date} className={styles.date}>
          {dateWords(date)}
          <IconButton
            label={`Remove ${dateWords(date)}`}
            onPress={() => {
              onChange(dates.filter((other) => other !== date));
            }}
          >
            <X aria-hidden="true" />
          </IconButton>
        </span>
      ))}
      <span className={styles.adding}>
        <TextField
          aria-label="Date to exclude"
          type="date"
          value={typed}
          fault={fault}
          onChange={setTyped}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') {
              event.continuePropagation();
              return;
            }
            event.preventDefault();
            add();
          }}
        />
        <Button icon={<Plus />} isDisabled={typed === ''} onPress={add}>
          Exclude
        </Button>
      </span>
    </div>
  );
}
