/**
 * A headless host whose clock stands at a Tuesday afternoon in New York after four days of runs at
 * invented sites: what `npm run screenshots` photographs. Everything in it was made by real calls and
 * by the real scheduler. Prints `{ link, now, timezone, run }` (`run`: one that needs attention) and
 * serves until SIGTERM.
 */
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../main/clock.ts';
import { serveWeb } from '../../../main/web/serve-web.ts';
import { openTestApp } from '../test-app.ts';
import { virtualClock } from '../virtual-clock.ts';
import { showcaseRunner } from './runner.ts';

const timezone = 'America/New_York';
const now = '2026-11-24T19:40:07Z';
const dataFolder = join(tmpdir(), 'jackdaw-showcase');

rmSync(dataFolder, { recursive: true, force: true });
const clock = virtualClock('2026-11-20T12:00:00Z', timezone);
const runner = showcaseRunner(clock);
const host = await openTestApp({
  virtual: clock,
  version: '0.1.0',
  dataFolder,
  createRunner: () => runner,
});
await host.call('importFile', {
  text: readFileSync(join(import.meta.dirname, 'showcase.yaml'), 'utf8'),
});
await host.call('changeSettings', { defaultHours: 'always', contact: 'mailto:ada@example.org' });
host.app.start();
await clock.advanceTo(Date.parse('2026-11-22T03:00:00Z'));
await host.call('pause', { id: 'release-notes', until: '2026-11-25T14:00:00Z' });
await clock.advanceTo(Date.parse('2026-11-23T19:35:00Z'));
// The lid is closed for most of an hour.
clock.sleep(50 * 60_000);
await clock.advanceTo(Date.parse('2026-11-24T19:39:59Z'));
runner.holdRuns();
await clock.advanceTo(Date.parse(now));

const { entries } = await host.call('listRuns', { outcome: 'attention', limit: 1 });
const web = await serveWeb({
  calls: host.app.calls,
  changes: host.app.changes,
  // The transport's own timers (keep-alive, lock-outs) are the machine's.
  clock: systemClock(),
  rendererFolder: join(import.meta.dirname, '../../../out/renderer'),
});
process.once('SIGTERM', () => {
  void web
    .stop()
    .then(() => host.stop())
    .then(() => {
      rmSync(dataFolder, { recursive: true, force: true });
      process.exit(0);
    });
});
console.log(JSON.stringify({ link: web.link, now, timezone, run: entries[0]?.run }));
