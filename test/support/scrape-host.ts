import { systemClock } from '../../main/clock.ts';
import { createRunner } from '../../main/scrape/create-runner.ts';
import { forkLauncher } from '../../main/scrape/fork-launcher.ts';

/**
 * A host to be killed: `node test/support/scrape-host.ts SCRAPE_JSON` starts a run with a real child and
 * a spare, and prints their process ids as one JSON line. With `idle` instead of a scrape it only warms
 * the spare, prints, and has nothing more to do.
 */
const [, , what = 'idle'] = process.argv;
const pids: (number | undefined)[] = [];
const fork = forkLauncher();
const runner = createRunner({
  clock: systemClock(),
  launch: (launch) => {
    const child = fork(launch);
    pids.push(child.pid);
    return child;
  },
  pages: { get: () => null, put: () => undefined },
  robots: { get: () => null, put: () => undefined },
  hostGapMs: () => 0,
  userAgent: () => 'Jackdaw/0.0.0-test (+https://jackdaw.invalid)',
});

if (what === 'idle') {
  runner.warm();
  console.log(JSON.stringify(pids));
} else {
  const job = { run: 1, schedule: 1, scrape: JSON.parse(what) as never, timeoutMs: 60_000 };
  runner.start(job, {
    progress: () => undefined,
    log: () => {
      console.log(JSON.stringify(pids));
    },
  });
}
