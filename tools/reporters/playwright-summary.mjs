import { writeFileSync } from 'node:fs';

/** Writes what the closing line of `npm test` needs to the file SUMMARY_FILE names. */
export default class PlaywrightSummary {
  /** @type {import('@playwright/test/reporter').Suite | null} */
  suite = null;
  /** @type {string[]} */
  errors = [];

  /**
   * @param {import('@playwright/test/reporter').FullConfig} _config
   * @param {import('@playwright/test/reporter').Suite} suite
   */
  onBegin(_config, suite) {
    this.suite = suite;
  }

  /** @param {import('@playwright/test/reporter').TestError} error */
  onError(error) {
    this.errors.push(error.message ?? 'an error without a message');
  }

  printsToStdio() {
    return false;
  }

  onEnd() {
    const tests = this.suite?.allTests() ?? [];
    /** @param {import('@playwright/test/reporter').TestCase} test */
    const name = (test) => test.titlePath().filter(Boolean).join(' › ');
    const summary = {
      passed: tests.filter((test) => ['expected', 'flaky'].includes(test.outcome())).length,
      failed: [
        ...tests.filter((test) => test.outcome() === 'unexpected').map(name),
        ...this.errors.map((message) => message.split('\n')[0] ?? message),
      ],
      skipped: tests
        .filter((test) => test.outcome() === 'skipped')
        .map((test) => {
          const notes = [...test.annotations, ...test.results.flatMap((run) => run.annotations)];
          const skip = notes.find(({ type, description }) => type === 'skip' && description);
          return { name: name(test), reason: skip?.description ?? 'no reason given' };
        }),
    };
    writeFileSync(process.env['SUMMARY_FILE'] ?? 'summary.json', JSON.stringify(summary));
  }
}
