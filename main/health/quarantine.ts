import type { TroubleWords, Troubles } from './troubles.ts';
import { counted } from '../schedule/words.ts';
import type { Book } from '../scheduler/book.ts';
import type { UnreadableSchedule } from '../store/schedules.ts';

const mostNamed = 5;

/** What is said of schedules that are set aside, each with the reason. */
function wordsOf(aside: readonly string[]): TroubleWords {
  const one = aside.length === 1;
  const rest = aside.length - mostNamed;
  const list =
    aside.slice(0, mostNamed).join('; ') + (rest > 0 ? `; and ${String(rest)} more` : '');
  return {
    message: `${counted(aside.length, 'schedule')} ${one ? 'is' : 'are'} set aside and ${one ? 'doesn’t' : 'don’t'} run: ${list}. The others go on.`,
    remedy: `Save ${one ? 'it' : 'them'} anew in the editor, or import ${one ? 'it' : 'them'} again from a file; the history is kept.`,
  };
}

/**
 * Says which schedules are set aside: rows that could not be read at the start and have not been
 * mended since, and schedules whose next run can't be computed. Look again whenever a schedule changes.
 */
export function createQuarantine(
  troubles: Troubles,
  book: Pick<Book, 'faulty' | 'get'>,
  unreadable: readonly UnreadableSchedule[],
): { readonly look: () => void } {
  return {
    look: () => {
      const rows = unreadable
        .filter(({ number }) => book.get(number) === undefined)
        .map(({ id, message }) => `${id} (its row can’t be read: ${message})`);
      const faults = book
        .faulty()
        .map(({ stored, fault }) => `${stored.document.id} (${fault ?? ''})`);
      const aside = [...rows, ...faults];
      if (aside.length === 0) troubles.clear('quarantined');
      else troubles.raise('quarantined', wordsOf(aside));
    },
  };
}
