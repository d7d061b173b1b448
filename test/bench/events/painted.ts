import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { systemClock } from '../../../main/clock.ts';
import { serveWeb } from '../../../main/web/serve-web.ts';
import { realHost } from '../scheduler/real-host.ts';
import { percentile, spreadOf } from '../statistics.ts';
import { atMost, type BenchOptions, type Part, type Target } from '../suite.ts';
import { figure, spreadText, type Table } from '../table.ts';
import { calmSchedules, writeHistories } from './histories.ts';

const schedules = 1_000;
const limitMs = 50;
const rendererFolder = fileURLToPath(new URL('../../../out/renderer', import.meta.url));
const browserPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

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

/**
 * From the call that renames one of a thousand schedules until its row is painted with the new name, in
 * the built window in a headless Chromium: the commit, the event, the sort and the draw.
 */
export async function paintedPart(options: BenchOptions): Promise<Part> {
  if (!existsSync(browserPath)) return skipped(`there is no Chromium at ${browserPath}`);
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
    executablePath: browserPath,
    args: process.getuid?.() === 0 ? [...args, '--no-sandbox'] : args,
  });
  const rounds: number[][] = [];
  try {
    bench.host.start();
    const page = await browser.newPage();
    const openedMs = performance.now();
    await page.goto(web.link);
    await page.getByText('Schedule 0000').first().waitFor();
    const openMs = performance.now() - openedMs;
    const change = async (round: number, turn: number): Promise<number> => {
      const id = `schedule-${String(turn % 15)}`;
      const { document } = await bench.call('getSchedule', { id });
      const name = `Schedule ${String(turn % 15).padStart(4, '0')} ${String(round)}.${String(turn)}`;
      const painted = paintedAt(page, name);
      await page.waitForFunction(
        (text) => window.document.documentElement.dataset['bench'] === text,
        name,
      );
      const begunMs = Date.now();
      await bench.call('saveSchedule', { schedule: { ...document, name } });
      return (await painted) - begunMs;
    };
    for (let turn = 0; turn < 10; turn += 1) await change(0, turn);
    for (let round = 1; round <= options.rounds; round += 1) {
      options.say(`painted, round ${String(round)}`);
      const late: number[] = [];
      for (let turn = 0; turn < times; turn += 1) late.push(await change(round, turn));
      rounds.push(late);
    }
    const of = (share: number): readonly number[] => rounds.map((late) => percentile(late, share));
    const p95 = spreadOf(of(0.95));
    const table: Table = {
      title: `From an edit to its row painted, ${String(schedules)} schedules, ms`,
      columns: ['what', 'p50', 'p95', 'most'],
      rows: [
        [
          'a rename, from the call',
          ...[0.5, 0.95, 1].map((share) => spreadText(spreadOf(of(share)))),
        ],
      ],
      notes: [`The window shows its first rows ${figure(openMs)} ms after it is opened.`],
    };
    const found = `${spreadText(p95)} ms`;
    return {
      tables: [table],
      targets: [atMost('p95 from an edit to its row painted', limitMs, 'ms', p95.median, found)],
      data: { painted: { openMs, rounds } },
    };
  } finally {
    await browser.close();
    await web.stop();
    await bench.stop();
  }
}
