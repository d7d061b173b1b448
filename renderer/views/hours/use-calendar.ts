import { useEffect, useRef, useState } from 'react';
import type { ClosedView } from '../../../contract/calendars.ts';
import { countText } from '../../components/counts.ts';
import { readClosed, useReadClosed, type ClosedReading } from './use-read-closed.ts';

/** The most characters a calendar may have; the contract's limit. */
export const calendarMaxLength = 1_000_000;

/** No character needs more bytes than this, so a larger file isn't read at all. */
const bytesACharacter = 4;

/** A calendar on its way in: a file, or text under the name it is spoken of. */
export type CalendarSource = File | { readonly name: string; readonly text: string };

/** A calendar in a form, and the one on its way in. */
export interface CalendarState {
  /** What main says of the calendar in the form. */
  readonly reading: ClosedReading;
  /** The name of what is being read. */
  readonly taking: string | null;
  /** Why the newest wasn't taken, as a sentence; the calendar in the form stayed as it was. */
  readonly refusal: string | null;
  /** Reads a calendar and, where nothing is wrong with it, puts it into the form; answers whether it did. */
  readonly take: (source: CalendarSource) => Promise<boolean>;
  /** Forgets what is on its way, and says why where there is a reason. */
  readonly drop: (why: string | null) => void;
}

function tooLong(size: string): string {
  return `has ${size} and may have ${countText(calendarMaxLength)} at most; export fewer years of it`;
}

/** What is wrong, to be said of the source by its name: `is empty`. */
interface Fault {
  readonly fault: string;
}

/** The text of a calendar, or what is wrong with it before anyone has to read it. */
async function textOf(source: CalendarSource): Promise<string | Fault> {
  if (source instanceof File && source.size > calendarMaxLength * bytesACharacter)
    return { fault: tooLong('too many characters') };
  try {
    const text = source instanceof File ? await source.text() : source.text;
    if (text.trim() === '') return { fault: 'is empty' };
    return text.length > calendarMaxLength
      ? { fault: tooLong(`${countText(text.length)} characters`) }
      : text;
  } catch {
    return { fault: 'can’t be read; look whether it is still there' };
  }
}

/** A calendar's text with what it closes, or what keeps it from being taken. */
async function judge(
  source: CalendarSource,
  timezone: string | undefined,
): Promise<Fault | { readonly text: string; readonly view: ClosedView }> {
  const text = await textOf(source);
  if (typeof text !== 'string') return text;
  const result = await readClosed('ics', text, timezone);
  if (!result.ok) return { fault: `couldn’t be read. ${result.message}` };
  const [fault] = result.value.faults;
  if (fault !== undefined) return { fault: fault.message };
  if (result.value.calendar === null) return { fault: 'has no calendar in it' };
  return { text, view: result.value };
}

/**
 * Holds the calendar of a form. A new one takes the place of the old only after main has read it
 * without a fault; the newest of several on their way counts.
 */
export function useCalendar(
  ics: string | null,
  timezone: string | undefined,
  onChange: (ics: string) => void,
): CalendarState {
  const reading = useReadClosed('ics', ics, timezone);
  const [taking, setTaking] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  // Reading takes a while: what the form holds by then is kept.
  const latest = useRef({ onChange, round: 0 });
  useEffect(() => {
    latest.current.onChange = onChange;
  });
  useEffect(() => {
    const { current } = latest;
    return () => {
      current.round += 1;
    };
  }, []);

  const take = async (source: CalendarSource): Promise<boolean> => {
    const { current } = latest;
    current.round += 1;
    const { round } = current;
    setTaking(source.name);
    setRefusal(null);
    const judged = await judge(source, timezone);
    if (current.round !== round) return false;
    setTaking(null);
    if ('fault' in judged) {
      setRefusal(`${source.name} ${judged.fault}`);
      return false;
    }
    reading.know(judged.text, judged.view);
    current.onChange(judged.text);
    return true;
  };

  const drop = (why: string | null): void => {
    latest.current.round += 1;
    setTaking(null);
    setRefusal(why);
  };

  return { reading, taking, refusal, take, drop };
}
