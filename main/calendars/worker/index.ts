import { parentPort } from 'node:worker_threads';
import { RefusedError } from '../../../contract/result.ts';
import type { ClosedYear } from '../../schedule/closed-calendar.ts';
import type { Answer, Question } from '../messages.ts';
import { packYear, type PackedYear } from '../packed-year.ts';

function packed(years: ReadonlyMap<number, ClosedYear>): readonly PackedYear[] {
  return [...years].map(([year, closed]) => packYear(year, closed));
}

// Each library is loaded when it is first needed: a calendar needn't wait for the world's holidays.
async function answer(question: Question): Promise<Answer> {
  if (question.ask === 'places') {
    const { readPlaces } = await import('./holidays.ts');
    return { told: 'places', places: readPlaces() };
  }
  const { source, from, to } = question;
  if (source.kind === 'holidays') {
    const { readHolidays } = await import('./holidays.ts');
    const years = packed(readHolidays(source.code, from, to));
    return { told: 'years', years, name: source.code, events: 0 };
  }
  const { readIcs } = await import('./ics-calendar.ts');
  const { years, name, events } = readIcs(source.text, from, to);
  return { told: 'years', years: packed(years), name, events };
}

parentPort?.on('message', (question: Question) => {
  answer(question).then(
    (told) => parentPort?.postMessage(told),
    (error: unknown) => {
      // A fault of ours ends the thread, which its parent tells.
      if (!(error instanceof RefusedError)) throw error;
      parentPort?.postMessage({ told: 'refused', message: error.message } satisfies Answer);
    },
  );
});
