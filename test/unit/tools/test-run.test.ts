import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeCheckout, type FakeCheckout } from '../../support/fake-checkout.ts';

interface Summary {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

const browser = { CHROMIUM_PATH: process.execPath };
const checks = [
  'oxlint/bin/oxlint',
  'typescript/bin/tsc',
  'dependency-cruiser/bin/dependency-cruise.mjs',
  'prettier/bin/prettier.cjs',
];

let checkout: FakeCheckout;

/** A program of node_modules that notes its name and its browser, leaves a summary, and ends. */
function stands(program: string, code: number, summary?: Summary): void {
  const leave =
    summary === undefined
      ? ''
      : `require('node:fs').writeFileSync(process.env.SUMMARY_FILE, ${JSON.stringify(JSON.stringify(summary))});`;
  checkout.write(
    `node_modules/${program}`,
    program.endsWith('.mjs')
      ? `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); ${leave} process.exitCode = ${String(code)};`
      : `${leave} console.log('what ${program} found'); process.exitCode = ${String(code)};`,
  );
}

const green: Summary = { passed: 2, failed: [], skipped: [] };

/** Vitest, called once for the renderer beside the checks and once for all else. */
function vitestStands(code: number, summary: Summary, renderer: Summary = green): void {
  const left = (one: Summary): string => JSON.stringify(JSON.stringify(one));
  checkout.write(
    'node_modules/vitest/vitest.mjs',
    `import { writeFileSync } from 'node:fs';
    const isRenderer = process.argv.includes('renderer');
    writeFileSync(process.env.SUMMARY_FILE, isRenderer ? ${left(renderer)} : ${left(summary)});
    process.exitCode = isRenderer ? ${String(Math.min(renderer.failed.length, 1))} : ${String(code)};`,
  );
}

beforeEach(() => {
  checkout = fakeCheckout();
  for (const check of checks) stands(check, 0);
  vitestStands(0, green);
  stands('@playwright/test/cli.js', 0, { ...green, passed: 3 });
});

afterEach(() => {
  checkout.remove();
});

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

describe('tools/test', () => {
  it('closes with the sum of all runners', async () => {
    const { code, stdout } = await checkout.run('test.mjs', [], browser);
    expect(code).toBe(0);
    expect(lastLine(stdout)).toBe('7 passed, 0 failed, 0 skipped');
  });

  it('names what failed, lists what was skipped with its reason, and ends with 1', async () => {
    vitestStands(1, {
      passed: 1,
      failed: ['store/slots › claims once'],
      skipped: [{ name: 'store/rights › refuses', reason: 'root may write everywhere' }],
    });
    const { code, stdout } = await checkout.run('test.mjs', [], browser);
    expect(code).toBe(1);
    expect(stdout).toContain('Failed: store/slots › claims once');
    expect(stdout).toContain('Skipped (1): root may write everywhere\n  store/rights › refuses');
    expect(lastLine(stdout)).toBe('6 passed, 1 failed, 1 skipped');
  });

  it('counts what failed beside the checks', async () => {
    vitestStands(0, green, { passed: 1, failed: ['forms › keeps a draft'], skipped: [] });
    const { code, stdout } = await checkout.run('test.mjs', [], browser);
    expect(code).toBe(1);
    expect(stdout).toContain('Failed: forms › keeps a draft');
    expect(lastLine(stdout)).toBe('6 passed, 1 failed, 0 skipped');
  });

  it.each(checks)(
    'counts a failing %s as a failure, shows what it found, and goes on',
    async (check) => {
      stands(check, 1);
      const { code, stdout } = await checkout.run('test.mjs', [], browser);
      expect(code).toBe(1);
      expect(lastLine(stdout)).toBe('7 passed, 1 failed, 0 skipped');
    },
  );

  it('runs a check again only where something changed or it failed', async () => {
    stands('oxlint/bin/oxlint', 1);
    // The first build leaves a file behind in this checkout.
    await checkout.run('jackdaw.mjs');
    const first = await checkout.run('test.mjs', [], browser);
    expect(first.stdout).not.toContain('nothing has changed');
    const second = await checkout.run('test.mjs', [], browser);
    expect(second.stdout).toContain('ok     format (nothing has changed since it passed)');
    expect(second.stdout).toContain('FAILED lint');
    checkout.write('renderer/main.tsx', 'export {};\n');
    const third = await checkout.run('test.mjs', [], browser);
    expect(third.stdout).not.toContain('nothing has changed');
  });

  it('counts a missed coverage threshold, which no test tells of, as a failure', async () => {
    vitestStands(1, green);
    const { code, stdout } = await checkout.run('test.mjs', [], browser);
    expect(code).toBe(1);
    expect(lastLine(stdout)).toBe('7 passed, 1 failed, 0 skipped');
  });

  it('counts a runner that crashed without a summary as a failure', async () => {
    stands('@playwright/test/cli.js', 1);
    const { code, stdout } = await checkout.run('test.mjs', [], browser);
    expect(code).toBe(1);
    expect(lastLine(stdout)).toBe('4 passed, 1 failed, 0 skipped');
  });

  it('runs no UI tests without a build', async () => {
    checkout.write('node_modules/electron-vite/bin/electron-vite.js', 'process.exitCode = 1;');
    const { code, stdout } = await checkout.run('test.mjs', [], browser);
    expect(code).toBe(1);
    expect(lastLine(stdout)).toBe('4 passed, 1 failed, 0 skipped');
  });

  it('counts the UI tests as skipped, with the reason, where there is no browser', async () => {
    checkout.write(
      'node_modules/@playwright/test/cli.js',
      `if (!process.argv.includes('--list')) process.exit(1);
      console.log(JSON.stringify({ tests: [{ projectName: 'headless' }, { projectName: 'electron' }] }));`,
    );
    const { code, stdout } = await checkout.run('test.mjs', [], { CHROMIUM_PATH: '/nowhere' });
    expect(code).toBe(0);
    expect(stdout).toContain("Skipped (2): CHROMIUM_PATH names /nowhere, which can't be run");
    expect(lastLine(stdout)).toBe('4 passed, 0 failed, 2 skipped');
  });
});
