import { writeFileSync } from 'node:fs';
import { constants, getPriority } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import { forkLauncher } from '../../../main/scrape/fork-launcher.ts';
import type { ChildExit } from '../../../main/scrape/launcher.ts';
import { aFolder } from '../../support/builders.ts';
import { anArgument, endSleepers, sleepers } from '../../support/sleepers.ts';

let folder: ReturnType<typeof aFolder>;

beforeEach(() => {
  folder = aFolder();
});

afterEach(() => {
  folder.remove();
});

/** Starts a child that runs this text; answers how it ended and the last it wrote. */
async function launched(
  text: string,
): Promise<{ readonly exit: ChildExit; readonly stderr: string }> {
  const program = path.join(folder.path, 'child.mjs');
  writeFileSync(program, text);
  const child = forkLauncher(program)({ clock: systemClock(), folderMark: 'JACKDAW_FOLDER=ab' });
  let stderr = '';
  child.onStderr((piece) => {
    stderr += piece;
  });
  const exit = await new Promise<ChildExit>((resolve) => {
    child.onExit(resolve);
  });
  return { exit, stderr };
}

describe('scrape/fork-launcher', () => {
  it('marks its child, and tells its end after the last it wrote', async () => {
    const { exit, stderr } = await launched(
      `process.stderr.write(Object.keys(process.env).filter((name) => name.startsWith('JACKDAW')).sort().join());
       process.stderr.write('x'.repeat(60_000));
       process.exitCode = 3;
       process.disconnect();`,
    );
    expect(exit).toEqual({ code: 3, signal: null });
    expect(stderr).toBe(`JACKDAW_CHILD,JACKDAW_FOLDER${'x'.repeat(60_000)}`);
  });

  it('starts scrapes that let everything else go first', async () => {
    const child = forkLauncher()({ clock: systemClock(), folderMark: 'JACKDAW_FOLDER=ab' });
    await new Promise<void>((resolve) => {
      child.onMessage(() => {
        resolve();
      });
    });
    const priority = getPriority(child.pid);
    const gone = new Promise((resolve) => {
      child.onExit(resolve);
    });
    child.send({ type: 'end' });
    await gone;
    expect(priority).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
  });

  it('tells why its child could not be started', async () => {
    const node = process.execPath;
    process.execPath = path.join(folder.path, 'no-node');
    const ending = launched('');
    process.execPath = node;
    const { exit, stderr } = await ending;
    expect(exit).toEqual({ code: null, signal: null });
    expect(stderr).toMatch(/^Error: spawn .*no-node ENOENT$/);
  });

  it.runIf(process.platform === 'linux')(
    'tells the end of its child though a stranger, who has shed the mark, holds the error stream open',
    async () => {
      const argument = anArgument();
      const { exit } = await launched(
        `import { spawn } from 'node:child_process';
         const options = { detached: true, env: { PATH: process.env.PATH }, stdio: ['ignore', 'ignore', 'inherit'] };
         spawn('sleep', ['${argument}'], options).on('spawn', () => process.exit(0));`,
      );
      const strangers = sleepers(argument);
      endSleepers(argument);
      expect([exit.code, strangers.length]).toEqual([0, 1]);
    },
  );
});
