import { useEffect, useRef, useState } from 'react';
import { DropZone, FileTrigger, type DropZoneProps } from 'react-aria-components';
import { Button } from '../../components/Button.tsx';
import { countOf } from '../../components/counts.ts';
import { TextField } from '../../components/TextField.tsx';
import { sentence } from '../../forms/sentence.ts';
import styles from './CalendarField.module.css';
import closed from './ClosedFields.module.css';
import { closedTimeWords } from './closed-words.ts';
import { ComingList, ComingLoading } from './ComingList.tsx';
import { Problem } from './HolidaysField.tsx';
import { useCalendar, type CalendarSource } from './use-calendar.ts';
import type { ClosedReading } from './use-read-closed.ts';

/** What the field of a calendar takes. */
export interface CalendarFieldProps {
  /** The calendar's text; null: none. */
  readonly ics: string | null;
  readonly timezone: string | undefined;
  readonly fault: string | null;
  readonly onChange: (ics: string | null) => void;
}

type DropEvent = Parameters<NonNullable<DropZoneProps['onDrop']>>[0];

/** What was dropped or pasted, as something to read; a text where it can't be. */
async function sourceOf({ items }: DropEvent): Promise<CalendarSource | string> {
  const [file, ...more] = items.filter((item) => item.kind === 'file');
  if (more.length > 0) return 'Drop one calendar file; several don’t fit in here.';
  if (file !== undefined) return file.getFile();
  const text = items.find((item) => item.kind === 'text' && item.types.has('text/plain'));
  if (text?.kind === 'text') return { name: 'The text', text: await text.getText('text/plain') };
  return items.some((item) => item.kind === 'directory')
    ? 'That is a folder; drop the calendar file itself.'
    : 'That is no file; drop a calendar file (.ics).';
}

/** A file that misses the zone would be opened by the browser in place of this window, unsaved work and all. */
function useNoDropsBeside(): void {
  useEffect(() => {
    const refuse = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    };
    window.addEventListener('dragover', refuse);
    return () => {
      window.removeEventListener('dragover', refuse);
    };
  }, []);
}

/** A calendar whose events close the hours: dropped, chosen or pasted, with its closed times to come. */
export function CalendarField({ ics, timezone, fault, onChange }: CalendarFieldProps) {
  const { reading, taking, refusal, take, drop } = useCalendar(ics, timezone, onChange);
  const [isPasting, setIsPasting] = useState(false);
  const buttons = useRef<HTMLDivElement>(null);
  useNoDropsBeside();
  const focusButtons = (): void => {
    buttons.current?.querySelector('button')?.focus();
  };
  const read = reading.view?.faults[0]?.message;
  const shownFault = fault ?? (read === undefined ? null : sentence(read));

  return (
    <div className={closed.stack}>
      <DropZone
        className={styles.zone ?? ''}
        aria-label="Drop or paste a calendar file here"
        getDropOperation={() => 'copy'}
        onDrop={(event) => {
          void sourceOf(event).then((source) => {
            if (typeof source === 'string') drop(source);
            else void take(source);
          });
        }}
      >
        {ics === null ? (
          <p className={styles.invitation}>Drop a calendar file (.ics) here.</p>
        ) : (
          <Calendar reading={reading} fault={shownFault} />
        )}
        <div className={styles.buttons} ref={buttons}>
          <FileTrigger
            acceptedFileTypes={['.ics', 'text/calendar']}
            onSelect={(files) => {
              const file = files?.[0];
              if (file !== undefined) void take(file);
            }}
          >
            <Button size="s">{ics === null ? 'Choose a file' : 'Replace with a file'}</Button>
          </FileTrigger>
          <Button
            size="s"
            aria-expanded={isPasting}
            onPress={() => {
              setIsPasting(!isPasting);
            }}
          >
            Paste its text
          </Button>
          {ics !== null && (
            <Button
              size="s"
              variant="quiet"
              onPress={() => {
                drop(null);
                onChange(null);
                focusButtons();
              }}
            >
              Remove
            </Button>
          )}
        </div>
      </DropZone>
      {isPasting && (
        <PasteField
          onPaste={async (text) => {
            if (!(await take({ name: 'The text', text }))) return;
            setIsPasting(false);
            focusButtons();
          }}
        />
      )}
      <div className={closed.notes}>
        <p className={refusal === null ? closed.quiet : closed.fault} role="status">
          {statusWords(refusal, taking, ics !== null)}
        </p>
        {ics === null && fault !== null && <p className={closed.fault}>{fault}</p>}
        <p className={closed.quiet}>
          The calendar’s text is kept with these hours, so it works without a network. What changes
          in the original later doesn’t come along.
        </p>
      </div>
    </div>
  );
}

/** What came of the newest calendar, and what did not become of the one in place. */
function statusWords(refusal: string | null, taking: string | null, isReplacing: boolean): string {
  if (refusal === null) return taking === null ? '' : `Reading ${taking}…`;
  const whole = refusal.endsWith('.') ? refusal : `${refusal}.`;
  return isReplacing ? `${whole} The calendar above stays.` : whole;
}

interface PasteFieldProps {
  readonly onPaste: (text: string) => Promise<void>;
}

/** Where a calendar's text is pasted; it is taken as soon as it is whole. */
function PasteField({ onPaste }: PasteFieldProps) {
  const [text, setText] = useState('');
  return (
    <TextField
      label="Text of the calendar"
      description="From BEGIN:VCALENDAR to END:VCALENDAR."
      autoFocus
      mono
      rows={4}
      spellCheck="false"
      value={text}
      onChange={(next) => {
        setText(next);
        if (next.trim() !== '') void onPaste(next);
      }}
    />
  );
}

interface CalendarProps {
  readonly reading: ClosedReading;
  readonly fault: string | null;
}

/** The calendar in force: its name, what it closes, and when next. */
function Calendar({ reading, fault }: CalendarProps) {
  const { view, problem } = reading;
  if (problem !== null)
    return <Problem onRetry={reading.retry}>{`The calendar couldn’t be read. ${problem}`}</Problem>;
  if (view === null) return <ComingLoading label="Reading the calendar" />;
  const name = view.calendar ?? '';
  return (
    <div className={styles.calendar}>
      <p className={styles.name}>{name === '' ? 'A calendar without a name' : name}</p>
      {fault === null ? (
        <p className={closed.quiet}>{eventsWords(view.events, view.times.length)}</p>
      ) : (
        <p className={closed.fault}>{fault}</p>
      )}
      {view.times.length > 0 && (
        <ComingList
          label="Coming closed times"
          coming={view.times.map((time) => ({ when: closedTimeWords(time), name: time.name }))}
        />
      )}
    </div>
  );
}

function eventsWords(events: number, coming: number): string {
  if (events === 0) return 'No event in it closes anything.';
  const close = `${countOf(events, 'event')} ${events === 1 ? 'closes' : 'close'} these hours`;
  return coming === 0 ? `${close}, none of them from now on.` : `${close}; the next:`;
}
