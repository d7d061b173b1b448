import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeCheckout, type FakeCheckout } from '../../support/fake-checkout.ts';

const display = { DISPLAY: ':7' };
const installer = 'node_modules/electron/install.js';
const binary = 'node_modules/electron/dist/electron';
const failure = 'node_modules/.cache/jackdaw/electron-failure.json';

let checkout: FakeCheckout;

beforeEach(() => {
  checkout = fakeCheckout();
});

afterEach(() => {
  checkout.remove();
});

/** An installer that notes each call and then does as told. */
function installs(code: string): void {
  checkout.write(
    installer,
    `require('node:fs').appendFileSync('installs', process.pid + '\\n');\n${code}`,
  );
  checkout.write('node_modules/electron/package.json', '{}');
}

/** An Electron that is there and does as told. */
function electronDoes(code: string): void {
  checkout.write('node_modules/electron/path.txt', 'electron');
  checkout.writeProgram(binary, code);
}

describe('tools/start: without a display', () => {
  it('starts the headless host and says why in one line, without fetching Electron', async () => {
    installs('process.exit(1)');
    const { code, stdout } = await checkout.run('start.mjs', ['--port', '0']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Building…\nStarting the headless host: there is no display \(DISPLAY and WAYLAND_DISPLAY are empty\)\.\nhost \d+ \["--port","0"\]\n$/,
    );
    expect(checkout.lines('installs')).toEqual([]);
  });

  it('is the headless host itself, so that SIGTERM reaches it', async () => {
    const host = checkout.start('start.mjs', ['--stay']);
    await host.says(`host ${String(host.pid)} `);
    host.kill('SIGTERM');
    const { code, stdout } = await host.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('host ended');
  });

  it('ends when npm is ended, though the signal stops at the shell between them', async ({
    skip,
  }) => {
    skip(process.platform === 'win32', 'Windows has neither the shell nor the signal');
    const npm = checkout.startInShell('start.mjs', ['--stay']);
    await npm.says('host ');
    npm.kill('SIGTERM');
    const { stdout } = await npm.ended;
    expect(stdout).toContain('host ended');
  });

  it('gives the headless host to who asks for it, display or not', async () => {
    electronDoes("console.log('electron')");
    const { stdout } = await checkout.run('start.mjs', ['--headless'], display);
    expect(stdout).toContain('Starting the headless host: asked for by --headless.');
    expect(stdout).not.toContain('electron\n');
  });
});

describe('tools/start: the build', () => {
  it('builds at the first start, again when a source changed, and not otherwise', async () => {
    await checkout.run('start.mjs');
    const second = await checkout.run('start.mjs');
    expect(second.stdout).not.toContain('Building');
    expect(checkout.lines('builds')).toEqual(['built']);
    checkout.write('renderer/main.tsx', 'export {};\n');
    await checkout.run('start.mjs');
    expect(checkout.lines('builds')).toEqual(['built', 'built']);
  });

  it('keeps the build of a host that runs', async () => {
    const host = checkout.start('start.mjs', ['--stay']);
    await host.says('host ');
    checkout.write('renderer/main.tsx', 'export {};\n');
    const second = await checkout.run('start.mjs');
    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(/^host \d+ \[\]\n$/);
    expect(checkout.lines('builds')).toEqual(['built']);
    host.kill('SIGTERM');
    await host.ended;
  });

  it('says what failed and ends with 1', async () => {
    checkout.write(
      'node_modules/electron-vite/bin/electron-vite.js',
      "throw new Error('no such import');",
    );
    const { code, stderr } = await checkout.run('start.mjs');
    expect(code).toBe(1);
    expect(stderr).toContain('no such import');
    expect(stderr).toContain('The build failed.');
  });
});

describe('tools/start: no binary', () => {
  it('starts the headless host with the reason, and remembers it', async () => {
    installs("console.error('RequestError: getaddrinfo ENOTFOUND'); process.exit(1);");
    const first = await checkout.run('start.mjs', [], display);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain(
      "Starting the headless host: Electron's binary could not be had: the download failed (RequestError: getaddrinfo ENOTFOUND).",
    );
    const second = await checkout.run('start.mjs', [], display);
    expect(second.stdout).toMatch(
      /^Starting the headless host: Electron's binary isn't here: the download failed .* \(tried \d{4}-\d\d-\d\d \d\d:\d\d UTC; JACKDAW_RETRY=1 npm start tries again\)\.\nhost /,
    );
    expect(checkout.lines('installs')).toHaveLength(1);
  });

  it('tries again when asked, and by itself after a day', async () => {
    installs('process.exit(1)');
    await checkout.run('start.mjs', [], display);
    await checkout.run('start.mjs', [], { ...display, JACKDAW_RETRY: '1' });
    expect(checkout.lines('installs')).toHaveLength(2);
    const yesterday = Date.now() - 25 * 60 * 60 * 1000;
    checkout.write(failure, JSON.stringify({ reason: 'offline', failedAtMs: yesterday }));
    await checkout.run('start.mjs', [], display);
    expect(checkout.lines('installs')).toHaveLength(3);
  });

  it('ends a download that stalls, and everything it started', async () => {
    installs(`
      require('node:fs').writeFileSync(require('node:os').tmpdir() + '/part', 'some bytes');
      require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      setInterval(() => {}, 1000);
    `);
    const limit = { ...display, JACKDAW_DOWNLOAD_LIMIT_MS: '400' };
    const { code, stdout } = await checkout.run('start.mjs', [], limit);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "Electron's binary could not be had: the download made no progress for 1 s.",
    );
    const [pid] = checkout.lines('installs');
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
  });

  it('waits for a download that is slow but goes on', async () => {
    installs(`
      const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
      let parts = 0;
      setInterval(() => {
        appendFileSync(require('node:os').tmpdir() + '/part', 'some bytes');
        parts += 1;
        if (parts < 12) return;
        mkdirSync(__dirname + '/dist');
        writeFileSync(__dirname + '/dist/electron', '#!${process.execPath}\\nconsole.log("window")', { mode: 0o755 });
        writeFileSync(__dirname + '/path.txt', 'electron');
        process.exit(0);
      }, 100);
    `);
    const limit = { ...display, JACKDAW_DOWNLOAD_LIMIT_MS: '600' };
    const { code, stdout } = await checkout.run('start.mjs', [], limit);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Starting the desktop app: Electron and a display are here.\nwindow\n',
    );
    expect(stdout).not.toContain('headless');
  });
});

describe('tools/start: Electron', () => {
  it('runs the app in the checkout, hands the options over and ends as it ended', async () => {
    electronDoes(`
      require('node:fs').writeFileSync(process.env.JACKDAW_READY_FILE, '');
      console.log(JSON.stringify(process.argv.slice(2)));
      process.exitCode = 3;
    `);
    const { code, stdout } = await checkout.run('start.mjs', ['--hidden'], display);
    expect(code).toBe(3);
    expect(stdout).toContain(JSON.stringify([checkout.folder, '--hidden']));
    expect(stdout).not.toContain('headless');
  });

  it('ends with 0 where Electron only showed the window of the one that runs', async () => {
    electronDoes('process.exitCode = 0;');
    const { code, stdout } = await checkout.run('start.mjs', [], display);
    expect(code).toBe(0);
    expect(stdout).not.toContain('headless');
  });

  it.each([
    [
      'a library is missing',
      'electron: error while loading shared libraries: libnss3.so: cannot open shared object file',
      'Install the package that has libnss3.so; on Debian: apt-get install libnss3',
    ],
    [
      'it refuses to run as root',
      '[1:ERROR:zygote_host_impl_linux.cc] Running as root without --no-sandbox is not supported.',
      'Start it as an ordinary user',
    ],
    [
      'the sandbox helper has no rights',
      '[1:FATAL:setuid_sandbox_host.cc] The SUID sandbox helper binary was found, but is not configured correctly.',
      'Let the sandbox start: sudo chown root',
    ],
    [
      'the display is none',
      '[1:ERROR:ozone_platform_x11.cc] Missing X server or $DISPLAY',
      'Check that DISPLAY or WAYLAND_DISPLAY',
    ],
  ])(
    'says its first line and the remedy when %s, then starts the headless host',
    async (_, line, remedy) => {
      electronDoes(`
      require('node:fs').writeFileSync('electron-arguments', process.argv.slice(2).join('\\n'));
      console.error(${JSON.stringify(line)});
      console.error('and more');
      process.exitCode = 1;
    `);
      const { code, stdout, stderr } = await checkout.run('start.mjs', [], display);
      expect(code).toBe(0);
      expect(stderr).toContain(`Electron ended before it was ready: ${line}\n${remedy}`);
      expect(stdout).toContain('Starting the headless host: Electron could not start.\nhost ');
      expect(checkout.lines('electron-arguments')).toEqual([checkout.folder]);
    },
  );

  it('passes SIGTERM on and waits for the app to end', async () => {
    electronDoes(`
      require('node:fs').writeFileSync(process.env.JACKDAW_READY_FILE, '');
      process.on('SIGTERM', () => { console.log('app ended'); process.exit(0); });
      setInterval(() => {}, 1000);
      console.log('app runs');
    `);
    const app = checkout.start('start.mjs', [], display);
    await app.says('app runs');
    app.kill('SIGTERM');
    const { code, stdout } = await app.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('app ended');
  });
});

describe('tools/jackdaw', () => {
  it('prints what the command prints and ends as it ends, building or not', async () => {
    const first = await checkout.run('jackdaw.mjs', ['list', '--json']);
    expect(first).toEqual({ code: 4, stdout: '["list","--json"]\n', stderr: '' });
    const second = await checkout.run('jackdaw.mjs', ['next', '-']);
    expect(second).toEqual({ code: 4, stdout: '["next","-"]\n', stderr: '' });
    expect(checkout.lines('builds')).toEqual(['built']);
  });

  it('builds once where two commands come at once', async () => {
    const both = await Promise.all([checkout.run('jackdaw.mjs'), checkout.run('jackdaw.mjs')]);
    expect(both.map(({ code }) => code)).toEqual([4, 4]);
    expect(checkout.lines('builds')).toEqual(['built']);
  });

  it('is not held up by the lock of a build that was killed', async () => {
    const lock = 'node_modules/.cache/jackdaw/build.lock';
    checkout.write(lock, JSON.stringify({ pid: 2 ** 22 + 1 }));
    const { code } = await checkout.run('jackdaw.mjs');
    expect(code).toBe(4);
    expect(existsSync(join(checkout.folder, lock))).toBe(false);
  });
});
