import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../components/Button.tsx';
import { TextField } from '../../components/TextField.tsx';
import styles from './DateList.module.css';

/** What a list of dates takes. */
export interface DateListProps {
  readonly dates: readonly string[];
  readonly onChange: (dates: readonly string[]) => void;
  readonly fault?: string | null;
}

const format = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A date as people read it, `Fri, 25 Dec 2026`; what is none stays as it is. */
function dateWords(date: string): string {
  const atMs = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(atMs) ? date : format.format(atMs);
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
