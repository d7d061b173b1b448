import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { aFolder } from '../support/builders.ts';
import { openTestApp } from '../support/test-app.ts';

const folder = aFolder();
afterEach(() => {
  folder.remove();
});

describe('app', () => {
  it('makes the data folder, and those above it, for its user alone', async () => {
    const dataFolder = join(folder.path, 'one', 'two');
    const jackdaw = await openTestApp({ dataFolder });
    expect(existsSync(join(dataFolder, 'jackdaw.db'))).toBe(true);
    await jackdaw.stop();
  });

  it('refuses a folder that nobody can make, at once and in one sentence', async ({ skip }) => {
    skip(process.platform !== 'linux', 'there is no /proc');
    await expect(openTestApp({ dataFolder: '/proc/jackdaw/data' })).rejects.toMatchObject({
      code: 'read-only',
      message:
        "The data folder /proc/jackdaw/data can't be made here; name another with --data-dir.",
    });
  });

  it('has what its predecessor left ended before it settles the ledger and leads', async () => {
    const seen: string[] = [];
    const see = (event: string): void => {
      seen.push(event);
    };
    const jackdaw = await openTestApp({
      dataFolder: folder.path,
      log: { info: see, warn: see, error: see },
      endLeftovers: async (dataFolder) => {
        await Promise.resolve();
        seen.push(dataFolder);
        return 3;
      },
    });
    expect(seen.slice(0, 3)).toEqual([folder.path, 'leftovers ended', 'leader acquired']);
    await jackdaw.stop();
  });

  it('leaves nothing open where it cannot be composed: neither the lead nor the database', async () => {
    const environment = { JACKDAW_CONCURRENCY: 'many' };
    const refused = openTestApp({ dataFolder: folder.path, environment });
    await expect(refused).rejects.toMatchObject({ code: 'invalid', path: 'JACKDAW_CONCURRENCY' });
    // The last connection to close takes the WAL with it.
    expect(existsSync(join(folder.path, 'jackdaw.db-wal'))).toBe(false);
    const jackdaw = await openTestApp({ dataFolder: folder.path });
    await jackdaw.stop();
  });
});
