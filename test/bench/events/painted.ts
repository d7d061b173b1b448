import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import type { Schedule } from '../../../contract/schedule.ts';
import { systemClock } from '../../../main/clock.ts';
import { serveWeb } from '../../../main/web/serve-web.ts';
import { chromiumPath } from '../../ui/host.ts';
import { realHost, type RealHost } from '../scheduler/real-host.ts';
import { percentile, spreadOf } from '../statistics.ts';
import { atMost, type BenchOptions, type Part, type Target } from '../suite.ts';
import { figure, spreadText, type Table } from '../table.ts';
import { calmSchedules, writeHistories } from './histories.ts';

const schedules = 1_000;
const limitMs = 50;
/** As many as are wholly in sight in the window of the bench; others aren't painted. */
const inSight = 8;
const rendererFolder = fileURLToPath(new URL('../../../out/renderer', import.meta.url));

function skipped(why: string): Part {
  const target: Target = {
    what: 'p95 from an edit to its row painted',
    wanted: `at most ${String(limitMs)} ms`,
    found: why,
    met: null,
  };
  return { tables: [], targets: [target], data: { painted: why } };
}

/** When the window has painted a text in its list (epoch ms). */
function paintedAt(page: Page, text: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const list = document.querySelector('[role="grid"]');
        const look = (): boolean => list?.textContent.includes(wanted) === true;
        const observer = new MutationObserver(() => {
          if (!look()) return;
          observer.disconnect();
          // A message that is sent in a frame arrives once that frame is drawn.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(Date.now());
            port2.postMessage(null);
          });
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        document.documentElement.dataset['bench'] = wanted;
      }),
    text,
  );
}

/** What is edited: a name, by which the list is sorted, or an address, which a row shows below it. */
const edits = {
  // The begin of the name stays, or the row would leave those that are drawn.
  rename: (document: Schedule, mark: string) => ({
    ...document,
    name: `${document.name.slice(0, 'Schedule 0000'.length)} ${mark}`,
  }),
  address: (document: Schedule, mark: string) => ({
    ...document,
    scrape: { ...document.scrape, url: `https://example.com/${mark}` },
  }),
} as const;

type Edit = keyof typeof edits;

const words: Readonly<Record<Edit, string>> = {
  rename: 'a rename, which the list is sorted by',
  address: 'another address',
};

/** Edits schedules in turn; how long after the call each was painted, in milliseconds. */
async function paintings(bench: RealHost, page: Page, edit: Edit, marks: readonly string[]) {
  const late: number[] = [];
  for (const [turn, mark] of marks.entries()) {
    const { document } = await bench.call('getSchedule', {
      id: `schedule-${String(turn % inSight)}`,
    });
    const painted = paintedAt(page, mark);
    await page.waitForFunction(
      (text) => window.document.documentElement.dataset['bench'] === text,
      mark,
    );
    const begunMs = Date.now();
    await bench.call('saveSchedule', { schedule: edits[edit](document, mark) });
    late.push((await painted) - begunMs);
  }
  return late;
}

/**
 * From the call that edits one of a thousand schedules until its row is painted, in the built window in a
 * headless Chromium: the commit, the event, the draw, and after a rename the sort.
 */
export async function paintedPart(options: BenchOptions): Promise<Part> {
  const executablePath = chromiumPath();
  if (executablePath === undefined || !existsSync(executablePath))
    return skipped(`there is no Chromium at ${executablePath ?? '/usr/bin/chromium'}`);
  if (!existsSync(rendererFolder)) return skipped('the window is not built; run npm run build');
  const times = options.quick ? 20 : 60;
  const bench = await realHost({
    schedules: calmSchedules(schedules),
    prepare: (db, nowMs) => {
      writeHistories(db, schedules, nowMs);
    },
  });
  const { calls, changes } = bench.host;
  const web = await serveWeb({ calls, changes, clock: systemClock(), rendererFolder });
  const args = ['--disable-gpu', '--no-first-run'];
  const browser = await chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? [...args, '--no-sandbox'] : args,
  });
  const found: Record<Edit, number[][]> = { address: [], rename: [] };
  try {
    bench.host.start();
    const page = await browser.newPage();
    const openedMs = performance.now();
    await page.goto(web.link);
    await page.getByText('Schedule 0000').first().waitFor();
    const openMs = performance.now() - openedMs;
    for (let round = 0; round <= options.rounds; round += 1)
      for (const edit of ['address', 'rename'] as const) {
        options.say(`painted, ${words[edit]}, round ${String(round)}`);
        const marks = Array.from(
          { length: round === 0 ? 10 : times },
          (_, turn) => `${edit}-${String(round)}-${String(turn)}-`,
        );
        const late = await paintings(bench, page, edit, marks);
        // The first round warms up.
        if (round > 0) found[edit].push(late);
      }
    const of = (edit: Edit, share: number) =>
      spreadOf(found[edit].map((late) => percentile(late, share)));
    const table: Table = {
      title: `From an edit to its row painted, ${String(schedules)} schedules, ms`,
      columns: ['what, from the call', 'p50', 'p95', 'most'],
      rows: (['address', 'rename'] as const).map((edit) => [
        words[edit],
        ...[0.5, 0.95, 1].map((share) => spreadText(of(edit, share))),
      ]),
      notes: [`The window shows its first rows ${figure(openMs)} ms after it is opened.`],
    };
    return {
      tables: [table],
      targets: (['address', 'rename'] as const).map((edit) => {
        const p95 = of(edit, 0.95);
        return atMost(
          `p95 from an edit to its row painted: ${words[edit]}`,
          limitMs,
          'ms',
          p95.median,
          `${spreadText(p95)} ms`,
        );
      }),
      data: { painted: { openMs, found } },
    };
  } finally {
    await browser.close();
    await web.stop();
    await bench.stop();
  }
}
