import type { EventEnvelope } from '../../../contract/calls.ts';
import type { HistoryEntry, Outcome } from '../../../contract/ledger.ts';
import { RefusedError } from '../../../contract/result.ts';
import { UsageError, type Command, type Door, type Invocation } from '../command.ts';
import { count, durationText, plain } from '../text.ts';

const notStarted = 7;

/** The exit code of `run --wait` for an outcome (design.md section 3). */
export function waitCode(outcome: Outcome | null): number {
  switch (outcome) {
    case 'success':
      return 0;
    case 'partial':
    case 'attention':
      return 3;
    case 'failed':
      return 4;
    case 'timed-out':
      return 5;
    case 'cancelled':
    case 'interrupted':
      return 6;
    case 'skipped':
    case 'missed':
    case null:
      return notStarted;
  }
}

/** A run's number as the user wrote it. */
function runNumber(text: string | undefined): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new UsageError(`a run has a number, such as 12, and ${text ?? 'nothing'} is none`);
  return number;
}

/** How a run stands, or how it ended, in one line. */
export function runText(entry: HistoryEntry): string {
  const { run, schedule, outcome, state, counts, durationMs, message } = entry;
  const name = run === null ? schedule : `Run ${String(run)} of ${schedule}`;
  if (outcome === null) return `${name}: ${state}.`;
  const kept =
    counts === null || counts.notModified === 0
      ? ''
      : ` (${String(counts.notModified)} not modified)`;
  const read =
    counts === null || counts.pages === 0
      ? ''
      : `, ${count(counts.pages, 'page')}${kept}, ${count(counts.rows, 'row')} (${String(counts.new)} new, ${String(counts.changed)} changed, ${String(counts.gone)} gone)`;
  const took = durationMs === null ? '' : ` in ${durationText(durationMs)}`;
  const said = message === null ? '' : ` ${message}`;
  return plain(`${name}: ${outcome}${read}${took}.${said}`);
}

/** Progress on a terminal: one line, written over; nothing at all in a pipe. */
function progressLine({ io, json }: Invocation): {
  show(entry: HistoryEntry): void;
  clear(): void;
} {
  const shown = io.terminal && !json;
  let length = 0;
  const write = (text: string): void => {
    if (shown) io.err(`\r${text.padEnd(length)}`);
    length = text.length;
  };
  return {
    show: ({ state, counts }) => {
      write(
        counts === null
          ? `${state}…`
          : `${state}: ${count(counts.pages, 'page')}, ${count(counts.rows, 'row')}…`,
      );
    },
    clear: () => {
      if (length === 0) return;
      write('');
      if (shown) io.err('\r');
    },
  };
}

interface Watch {
  /** Names the run to be watched, once it is known, as it was when it was started. */
  follow(entry: HistoryEntry): void;
  readonly ended: Promise<HistoryEntry>;
  stop(): void;
}

/** Watches for the end of a run from before its start, so that no event is lost between the two. */
async function watchRun(invocation: Invocation, door: Door): Promise<Watch> {
  const progress = progressLine(invocation);
  const { promise, resolve, reject } = Promise.withResolvers<HistoryEntry>();
  const early = new Map<number, HistoryEntry>();
  let followed: number | null = null;

  const seen = (entry: HistoryEntry): void => {
    if (entry.run === null) return;
    if (followed === null) early.set(entry.run, entry);
    if (entry.run !== followed) return;
    progress.show(entry);
    if (entry.state === 'ended') resolve(entry);
  };
  const stop = await door.subscribe(
    (event: EventEnvelope) => {
      if (event.name === 'run') seen(event.value);
    },
    () => {
      reject(
        new RefusedError(
          'busy',
          'The host ended while the run was going on; runs shows how it ended once a host is back.',
        ),
      );
    },
  );
  promise.catch(() => undefined);
  return {
    follow: (entry) => {
      followed = entry.run;
      seen((followed === null ? undefined : early.get(followed)) ?? entry);
    },
    ended: promise,
    stop: () => {
      stop();
      progress.clear();
    },
  };
}

/** Starts the run and waits for its end; Ctrl-C cancels it where this command carries it out. */
async function runAndWait(invocation: Invocation, door: Door, id: string): Promise<HistoryEntry> {
  const watch = await watchRun(invocation, door);
  let ignore = (): void => undefined;
  try {
    const started = await door.call('startRun', { id });
    const { run } = started;
    ignore = invocation.io.onInterrupt(() => {
      if (run !== null) void door.call('cancelRun', { run }).catch(() => null);
    });
    watch.follow(started);
    return await watch.ended;
  } finally {
    ignore();
    watch.stop();
  }
}

/** `run ID [--wait]`: a manual run, now, whatever the hours say. */
export const run: Command = {
  name: 'run',
  takes: 'ID',
  least: 1,
  most: 1,
  options: { wait: { type: 'boolean' } },
  summary: 'run a schedule now, whatever its hours say',
  help: [
    '--wait  wait for its end. Exit code 0: success, 3: partial or attention, 4: failed,',
    '        5: timed-out, 6: cancelled or interrupted, 7: not started.',
    'Where no host is running, the command carries the run out itself and waits for its end.',
  ],
  run: async (invocation) => {
    const [id = ''] = invocation.positionals;
    const wait = invocation.flag('wait');
    const door = await invocation.door();
    if (!(await door.call('getSchedule', { id })).open)
      invocation.io.err('Its hours are closed now; it is run all the same.\n');
    if (!wait && door.host !== null) {
      await invocation.print(await door.call('startRun', { id }), runText);
      return 0;
    }
    if (!wait)
      invocation.io.err(
        'No host is running: this command carries the run out and waits for its end.\n',
      );
    try {
      const ended = await runAndWait(invocation, door, id);
      await invocation.print(ended, runText);
      return waitCode(ended.outcome);
    } catch (error) {
      if (!(error instanceof RefusedError) || error.code !== 'conflict') throw error;
      await invocation.refuse(error);
      return notStarted;
    }
  },
};

/** `cancel RUN`. */
export const cancel: Command = {
  name: 'cancel',
  takes: 'RUN',
  least: 1,
  most: 1,
  summary: 'end a run that is going on or waiting',
  run: async ({ door, positionals, print }) => {
    const number = runNumber(positionals[0]);
    const entry = await (await door()).call('cancelRun', { run: number });
    await print(entry, (value) =>
      value.outcome === null ? `Run ${String(number)} is being cancelled.` : runText(value),
    );
    return 0;
  },
};

/** `log RUN`: what a run said. */
export const log: Command = {
  name: 'log',
  takes: 'RUN',
  least: 1,
  most: 1,
  summary: 'the log of a run',
  run: async ({ door, positionals, print }) => {
    const lines = await (await door()).call('getRunLog', { run: runNumber(positionals[0]) });
    await print(lines, (value) =>
      value.length === 0
        ? 'This run wrote no log.'
        : value
            .map(({ at, level, message }) => `${at}  ${level.padEnd(7)}  ${plain(message)}`)
            .join('\n'),
    );
    return 0;
  },
};
