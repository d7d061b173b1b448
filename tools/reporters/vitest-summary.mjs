import { writeFileSync } from 'node:fs';

/** Writes what the closing line of `npm test` needs to the file SUMMARY_FILE names. */
export default class VitestSummary {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly { readonly message: string }[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const broken = modules.filter((module) => module.errors().length > 0);
    const summary = {
      passed: tests.filter((test) => test.result().state === 'passed').length,
      failed: [
        ...tests.filter((test) => test.result().state === 'failed').map((test) => test.fullName),
        ...broken.map((module) => `${module.relativeModuleId} could not be loaded`),
        ...unhandledErrors.map((error) => `an error nobody caught: ${error.message}`),
      ],
      skipped: tests.flatMap((test) => {
        const result = test.result();
        if (result.state !== 'skipped') return [];
        return [{ name: test.fullName, reason: result.note ?? 'no reason given' }];
      }),
    };
    writeFileSync(process.env['SUMMARY_FILE'] ?? 'summary.json', JSON.stringify(summary));
  }
}
