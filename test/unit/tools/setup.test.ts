import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeCheckout, type FakeCheckout } from '../../support/fake-checkout.ts';

let checkout: FakeCheckout;
let npm: Record<string, string>;

const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';

/** An npm that notes how it was called and then does as told. */
function npmDoes(code: string): void {
  checkout.write(
    'npm-cli.cjs',
    `const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
    appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
    ${code}`,
  );
}

/** What npm does where it has a Node for this machine: its script puts the binary in place. */
const installsNode = `
  mkdirSync('node_modules/node/bin', { recursive: true });
  if (process.argv[2] === 'rebuild')
    require('node:fs').symlinkSync(process.execPath, 'node_modules/node/bin/${nodeName}');
`;
const calls = [
  'ci --ignore-scripts --loglevel=error --no-audit --no-fund --no-update-notifier --include=dev --include=optional',
  'rebuild node --loglevel=error --no-update-notifier',
];

beforeEach(() => {
  checkout = fakeCheckout();
  npm = {
    npm_node_execpath: process.execPath,
    npm_execpath: join(checkout.folder, 'npm-cli.cjs'),
  };
});

afterEach(() => {
  checkout.remove();
});

describe('tools/setup: packages', () => {
  it('installs what the lock names once, and is silent ever after', async () => {
    npmDoes(installsNode);
    const first = await checkout.run('setup.mjs', [], npm);
    expect(first.code).toBe(0);
    expect(first.stderr).toBe('Installing the packages (about a minute the first time)…\n');
    expect(await checkout.run('setup.mjs', [], npm)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(checkout.lines('npm-calls')).toEqual(calls);
  });

  it('installs once where two set-ups come at once', async () => {
    npmDoes(installsNode);
    const both = [checkout.run('setup.mjs', [], npm), checkout.run('setup.mjs', [], npm)];
    expect((await Promise.all(both)).map(({ code }) => code)).toEqual([0, 0]);
    expect(checkout.lines('npm-calls')).toEqual(calls);
  });

  it('installs again when the lock changed', async () => {
    npmDoes("mkdirSync('node_modules', { recursive: true });");
    await checkout.run('setup.mjs', [], npm);
    checkout.write('package-lock.json', '{ "lockfileVersion": 3 }');
    await checkout.run('setup.mjs', [], npm);
    expect(checkout.lines('npm-calls')).toEqual([...calls, ...calls]);
  });

  it('ends with 1 and says what to check where npm fails, and tries again next time', async () => {
    npmDoes("console.error('npm error network'); process.exitCode = 1;");
    const { code, stderr } = await checkout.run('setup.mjs', [], npm);
    expect(code).toBe(1);
    expect(stderr).toContain('npm error network\n');
    expect(stderr).toContain('Is the npm registry reachable?');
    await checkout.run('setup.mjs', [], npm);
    expect(checkout.lines('npm-calls')).toHaveLength(2);
  });

  it('asks to quit Jackdaw where its files are in use', async () => {
    npmDoes("console.error('npm error code EBUSY'); process.exitCode = 1;");
    const { code, stderr } = await checkout.run('setup.mjs', [], npm);
    expect(code).toBe(1);
    expect(stderr).toContain('Quit Jackdaw first, then try again.');
  });
});

describe('tools/setup: Node', () => {
  it('uses the Node that is there where npm has no binary for this machine', async () => {
    npmDoes(`
      mkdirSync('node_modules/node/bin', { recursive: true });
      mkdirSync('node_modules/.bin', { recursive: true });
      writeFileSync('node_modules/node/bin/${nodeName}', '');
      writeFileSync('node_modules/.bin/node', '');
      process.exitCode = process.argv[2] === 'rebuild' ? 1 : 0;
    `);
    const { code, stderr } = await checkout.run('setup.mjs', [], npm);
    expect(code).toBe(0);
    expect(stderr).toContain(
      `npm has no Node 24 for ${process.platform}-${process.arch}; using your Node ${process.versions.node}.`,
    );
    expect(existsSync(join(checkout.folder, 'node_modules/.bin/node'))).toBe(false);
  });
});

describe('tools/setup: Chromium', () => {
  const playwright = 'node_modules/playwright/cli.js';

  beforeEach(() => {
    npmDoes(installsNode);
  });

  it('takes the Chromium that CHROMIUM_PATH names and fetches nothing', async () => {
    const environment = { ...npm, CHROMIUM_PATH: process.execPath };
    await checkout.run('setup.mjs', [], npm);
    const { code, stderr } = await checkout.run('setup.mjs', ['--with-browser'], environment);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('says why there is none, remembers it, and still ends with 0', async ({ skip }) => {
    skip(process.platform !== 'linux', 'a Chrome outside PATH would be found here');
    checkout.write(
      playwright,
      "require('node:fs').appendFileSync('fetches', 'x\\n'); console.error('Error: ENOTFOUND'); process.exit(1);",
    );
    // Nothing but Node on PATH: no browser, and no apt-get to install one.
    checkout.writeProgram('bin/unused', '');
    const environment = { ...npm, PATH: join(checkout.folder, 'bin') };
    const first = await checkout.run('setup.mjs', ['--with-browser'], environment);
    expect(first.code).toBe(0);
    expect(first.stderr).toContain(
      "UI tests will be skipped: no Chromium (Playwright's download: Error: ENOTFOUND).",
    );
    const second = await checkout.run('setup.mjs', ['--with-browser'], environment);
    expect(second.stderr).toMatch(
      /^UI tests will be skipped: no Chromium .* \(tried .*; JACKDAW_RETRY=1 tries again\)\n$/,
    );
    expect(checkout.lines('fetches')).toHaveLength(1);
  });

  it('ends a download that stalls', async ({ skip }) => {
    skip(process.platform !== 'linux', 'a Chrome outside PATH would be found here');
    checkout.write(playwright, 'setInterval(() => {}, 1000);');
    const environment = {
      ...npm,
      PATH: join(checkout.folder, 'bin'),
      JACKDAW_DOWNLOAD_LIMIT_MS: '300',
    };
    const { code, stderr } = await checkout.run('setup.mjs', ['--with-browser'], environment);
    expect(code).toBe(0);
    expect(stderr).toContain("Playwright's download made no progress for");
  });
});
