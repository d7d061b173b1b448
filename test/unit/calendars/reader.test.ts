import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createCalendars } from '../../../main/calendars/calendars.ts';
import type { Question } from '../../../main/calendars/messages.ts';
import { threadReader, type Reader } from '../../../main/calendars/reader.ts';
import { aFolder } from '../../support/builders.ts';
import { anEventIcs } from '../../support/ics.ts';
import { settle, virtualClock } from '../../support/virtual-clock.ts';

// No February has a 30th: ical.js looks for it for ever.
const endless = anEventIcs(
  'DTSTART;VALUE=DATE:20260101',
  'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
);
const folder = aFolder();
const asks = (text: string): Question => ({
  ask: 'years',
  source: { kind: 'events', text },
  from: 2026,
  to: 2026,
});

let reader: Reader | null = null;

afterAll(() => {
  folder.remove();
});

afterEach(async () => {
  await reader?.stop();
  reader = null;
});

/** A program that answers with the number of its thread. */
function numberedThread(): string {
  const program = path.join(folder.path, 'thread.mjs');
  writeFileSync(
    program,
    `import { parentPort, threadId } from 'node:worker_threads';
     parentPort.on('message', () => parentPort.postMessage({ told: 'refused', message: String(threadId) }));`,
  );
  return program;
}

describe('calendars/reader', () => {
  it('ends a question at its deadline, alone: the next one gets a thread of its own', async () => {
    const clock = virtualClock('2026-01-01T00:00:00Z');
    reader = threadReader(clock);
    const first = reader.ask(asks(endless));
    const second = reader.ask(asks(anEventIcs('DTSTART;VALUE=DATE:20261224')));
    await clock.advance(10_000);
    expect(await first).toMatchObject({
      told: 'failed',
      message: "can't be read: it takes too long; take out what repeats most often, or split it",
    });
    expect(await second).toMatchObject({ told: 'years', events: 1 });
  });

  it('keeps the thread for a minute, then starts another', async () => {
    const clock = virtualClock('2026-01-01T00:00:00Z');
    reader = threadReader(clock, numberedThread());
    const first = await reader.ask({ ask: 'places' });
    await clock.advance(59_000);
    expect(await reader.ask({ ask: 'places' })).toEqual(first);
    await clock.advance(61_000);
    const later = await reader.ask({ ask: 'places' });
    expect(later.told).toBe('refused');
    expect(later).not.toEqual(first);
    await reader.stop();
    expect(clock.pending()).toBe(0);
  });

  it('says so in one sentence where the thread can not start', async () => {
    reader = threadReader(virtualClock(0), '/nowhere/worker.ts');
    const told = await reader.ask({ ask: 'places' });
    expect(told).toMatchObject({ told: 'failed', blamed: false });
    expect('message' in told && told.message).toMatch(
      /^can't be read now: the part of Jackdaw that reads calendars doesn't work \(.*\); install Jackdaw again$/s,
    );
  });

  it('tells those who wait when it stops, and those who come later', async () => {
    const stopping = threadReader(virtualClock(0));
    const told = [stopping.ask(asks(endless)), stopping.ask({ ask: 'places' })];
    await settle();
    await stopping.stop();
    told.push(stopping.ask({ ask: 'places' }));
    expect((await Promise.all(told)).map((one) => one.told)).toEqual([
      'failed',
      'failed',
      'failed',
    ]);
  });

  it('tries a text that took too long again after ten minutes, not before', async () => {
    const clock = virtualClock('2026-01-01T00:00:00Z');
    let asked = 0;
    const slow: Reader = {
      ask: () => {
        asked += 1;
        return Promise.resolve({ told: 'failed', message: 'slow', blamed: true });
      },
      stop: () => Promise.resolve(),
    };
    const calendars = createCalendars(clock, undefined, slow);
    const closed = { ics: 'text' };
    expect(await calendars.faults(closed)).toEqual([{ path: 'ics', message: 'slow' }]);
    await calendars.faults(closed);
    expect(asked).toBe(1);
    await clock.advance(600_000);
    await calendars.faults(closed);
    expect(asked).toBe(2);
  });

  it('keeps no process alive at rest', async () => {
    const root = path.join(import.meta.dirname, '../../..');
    const script = path.join(folder.path, 'rest.ts');
    writeFileSync(
      script,
      `import { createCalendars } from ${JSON.stringify(path.join(root, 'main/calendars/calendars.ts'))};
       import { systemClock } from ${JSON.stringify(path.join(root, 'main/clock.ts'))};
       const calendars = createCalendars(systemClock());
       await calendars.prepare([{ holidays: 'DE' }], Date.parse('2026-01-01T00:00:00Z'));
       process.stdout.write(String(calendars.of({ holidays: 'DE' })[0].closedIn(2026).days.size));`,
    );
    // Were it kept alive, the thread's minute of rest would outlast this limit.
    const child = spawn(process.execPath, [script], { timeout: 45_000 });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, Number(said) > 5]).toEqual([0, true]);
  });
});
