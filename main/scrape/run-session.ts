import type { ScrapedRecord } from '../../contract/scrape.ts';
import type { Broker } from './broker.ts';
import { closedMessage } from './closed.ts';
import type { ScrapeLimits } from './limits.ts';
import type { ChildMessage, ChildVerdict } from './messages.ts';
import type { RunJob, RunObserver, RunReport } from './runner.ts';
import type { Session, SessionEnd } from './session.ts';

/** More lines than this a run has nothing to say in. */
const linesMost = 2_000;

const lineCharacters = 2_000;

/** Listens to a run's child and puts its report together. */
export interface RunListener {
  /** True where the child has told its last. */
  readonly hear: (
    message: ChildMessage,
    opened: { readonly broker: Broker; readonly session: Session },
  ) => boolean;
  readonly report: (end: SessionEnd) => RunReport;
}

function lastLine(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const fault = lines.find((line) => /(?:Error|FATAL ERROR)\b.*:/.test(line));
  return (fault ?? lines.findLast((line) => line !== '') ?? '').slice(0, 300);
}

function lengthText(ms: number): string {
  return ms % 60_000 === 0 ? `${String(ms / 60_000)} min` : `${String(ms / 1000)} s`;
}

function crashMessage({ exit, stderr }: SessionEnd): string {
  const detail = lastLine(stderr);
  const because = detail === '' ? '' : `: ${detail}`;
  if (exit.code === null && exit.signal === null)
    return `The scrape's process couldn't be started${because}.`;
  const how = exit.signal === null ? `code ${String(exit.code)}` : `signal ${exit.signal}`;
  return `The scrape's process ended by itself (${how})${because}.`;
}

type PageMessage = Extract<ChildMessage, { readonly type: 'page' }>;

function charactersIn(records: readonly ScrapedRecord[]): number {
  let characters = 0;
  for (const record of records)
    for (const value of Object.values(record))
      if (typeof value === 'string') characters += value.length;
      else if (Array.isArray(value)) for (const one of value) characters += String(one).length;
  return characters;
}

const broken = { network: false, retryable: false, retryAfterMs: null };

/** The verdict on a run whose child didn't give one. */
function verdictOf(
  end: SessionEnd,
  told: ChildVerdict | null,
  timeoutMs: number,
): Omit<ChildVerdict, 'outcome'> & Pick<RunReport, 'outcome'> {
  switch (end.cause) {
    case 'reported':
      if (told !== null) return told;
      break;
    case 'deadline': {
      const message = `The run took longer than its limit of ${lengthText(timeoutMs)} and was ended. Raise its timeout, or let it read fewer pages.`;
      return { ...broken, outcome: 'timed-out', reason: 'deadline', message, retryable: true };
    }
    case 'cancelled':
      return {
        ...broken,
        outcome: 'cancelled',
        reason: 'cancelled',
        message: 'The run was cancelled.',
      };
    case 'stopped':
      return { ...broken, outcome: 'partial', reason: 'closed', message: closedMessage(0, 0) };
    case 'memory': {
      const message =
        'The scrape needed more memory than a run may have and was ended. Read smaller pages, or fewer fields.';
      return { ...broken, outcome: 'failed', reason: 'memory', message };
    }
    case 'crash':
    case 'distrusted':
      break;
  }
  const message =
    end.cause === 'crash'
      ? crashMessage(end)
      : "The scrape's process said what it may not and was ended; the page may have attacked it.";
  return {
    ...broken,
    outcome: 'failed',
    reason: 'crash',
    message,
    retryable: end.cause === 'crash',
  };
}

/**
 * Gathers what a run's child tells. Rows, pages and bytes told before an end of whatever kind are in
 * the report; log lines beyond 2,000 are left out, saying so.
 */
export function listenToRun(
  observer: RunObserver,
  { timeoutMs, scrape }: RunJob,
  limits: Pick<ScrapeLimits, 'rows' | 'characters'>,
): RunListener {
  const records: ScrapedRecord[] = [];
  const counts = { pages: 0, notModified: 0, bytes: 0 };
  let characters = 0;
  let told: ChildVerdict | null = null;
  let lines = 0;

  const log = (level: 'info' | 'warning' | 'error', message: string): void => {
    lines += 1;
    if (lines < linesMost) observer.log(level, message.slice(0, lineCharacters));
    if (lines === linesMost)
      observer.log('warning', 'The run has more to say; the rest is left out.');
  };
  const isTooMuch = (page: PageMessage): boolean => {
    characters += charactersIn(page.records);
    return (
      records.length + page.records.length > limits.rows ||
      // The child counts after each record: its last one may go beyond the limit.
      characters > 2 * limits.characters ||
      counts.pages >= scrape.maxPages
    );
  };
  const take = (page: PageMessage): void => {
    for (const record of page.records) records.push(record);
    counts.pages += 1;
    counts.bytes += page.bytes;
    if (page.notModified) counts.notModified += 1;
    observer.progress({ pages: counts.pages, rows: records.length });
  };

  return {
    hear: (message, { broker, session }) => {
      switch (message.type) {
        case 'leave':
        case 'robots':
        case 'robots-read':
        case 'kept-page':
          broker.answer(message);
          return false;
        case 'log':
          log(message.level, message.message);
          return false;
        case 'page':
          if (isTooMuch(message)) {
            session.distrust();
            return false;
          }
          take(message);
          if (message.keep !== null) broker.keep(message.keep.url, message.keep.page);
          return false;
        case 'end':
          told = message.verdict;
          return true;
        case 'tried':
          session.distrust();
          return false;
        case 'ready':
          return false;
      }
    },
    report: (end) => {
      const verdict = verdictOf(end, told, timeoutMs);
      return { ...verdict, ...counts, records, durationMs: end.durationMs };
    },
  };
}
