import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calls } from '../../../contract/calls.ts';
import { databasePath, openDatabase } from '../../../main/store/database.ts';
import { damageLeaf, fill } from '../../support/damage.ts';
import { benchWithHost, benchWithoutHost, fileText, type Bench } from './harness.ts';

const doors = [
  ['without a host', () => Promise.resolve(benchWithoutHost())],
  ['with a host', () => benchWithHost()],
] as const;

describe.each(doors)('cli/backup %s', (_, open) => {
  let bench: Bench;
  let outside: string;

  beforeEach(async () => {
    bench = await open();
    outside = join(bench.folder, 'elsewhere');
    mkdirSync(outside);
    writeFileSync(join(bench.folder, 'posts.yaml'), fileText());
    await bench.cli(['import', join(bench.folder, 'posts.yaml')]);
  });
  afterEach(() => bench.stop());

  const ids = async (): Promise<readonly string[]> =>
    ((await bench.json(['list'])) as readonly { id: string }[]).map(({ id }) => id);

  it('makes one among the backups of the data folder', async () => {
    const made = calls.backUp.output.parse(await bench.json(['backup']));
    expect(made).toMatchObject({
      kind: 'manual',
      name: expect.stringMatching(/^manual-/) as string,
    });
    expect(readdirSync(join(bench.folder, 'backups'))).toEqual([made.name]);
  });

  it('copies to a file, and brings it back', async () => {
    const file = join(outside, 'mine.db');
    const made = await bench.cli(['backup', file]);
    expect(made).toEqual({
      code: 0,
      out: expect.stringMatching(/^Made .*mine\.db, 0\.\d MB\.\n$/) as string,
      err: '',
    });
    await bench.cli(['delete', 'posts']);
    expect(await ids()).toEqual([]);
    const restored = await bench.cli(['restore', file]);
    expect(restored).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(
        /^Restored .*\. The former database is kept in .*replaced-.*Z\.\n$/,
      ) as string,
    });
    expect(await ids()).toEqual(['posts']);
    expect(readdirSync(bench.folder).filter((name) => name.startsWith('replaced-'))).toHaveLength(
      1,
    );
    expect(await bench.cli(['backup', file])).toMatchObject({ code: 0, err: '' });
  });

  it('restores a backup by its name', async () => {
    const { name } = calls.backUp.output.parse(await bench.json(['backup']));
    await bench.cli(['delete', 'posts']);
    const restored = calls.restoreBackup.output.parse(await bench.json(['restore', name]));
    expect(restored.restored).toBe(name);
    expect(await ids()).toEqual(['posts']);
  });

  it('writes over nothing that isn’t a database of Jackdaw, nor over its own', async () => {
    const letter = join(outside, 'letter.txt');
    writeFileSync(letter, 'Dear Sir,\n');
    expect(await bench.cli(['backup', letter])).toEqual({
      code: 1,
      out: '',
      err: `${letter} is damaged, or isn't a database. Nothing was changed.\n`,
    });
    expect(readFileSync(letter, 'utf8')).toBe('Dear Sir,\n');
    const own = databasePath(bench.folder);
    expect(await bench.cli(['backup', own])).toMatchObject({
      code: 1,
      err: `${own} is the database Jackdaw works with; name another file.\n`,
    });
    for (const [file, err] of [
      [outside, `${outside} is a folder; name a file.\n`],
      [join(outside, 'no', 'x.db'), `There is no folder ${join(outside, 'no')}.\n`],
    ] as const)
      expect(await bench.cli(['backup', file])).toMatchObject({ code: 1, err });
  });

  it('refuses to restore what isn’t whole, and changes nothing', async () => {
    const broken = join(outside, 'jackdaw.db');
    const db = openDatabase(outside);
    fill(db);
    db.close();
    damageLeaf(outside, 'slots');
    for (const [file, err] of [
      [broken, `${broken} is damaged; no copy of it was kept.\n`],
      [
        join(outside, 'none.db'),
        `There is no file ${join(outside, 'none.db')}, and no backup of that name.\n`,
      ],
      ['../jackdaw.db', 'There is no file ../jackdaw.db, and no backup of that name.\n'],
      [
        databasePath(bench.folder),
        `${databasePath(bench.folder)} is the database Jackdaw works with; name another file.\n`,
      ],
    ] as const)
      expect(await bench.cli(['restore', file])).toEqual({ code: 1, out: '', err });
    expect(await ids()).toEqual(['posts']);
    expect(
      readdirSync(bench.folder).filter((name) => /^(replaced|damaged)-|\.next/.test(name)),
    ).toEqual([]);
  });

  it('asks for a FILE, or for --empty', async () => {
    expect(await bench.cli(['restore'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('FILE is missing') as string,
    });
    expect(await bench.cli(['restore', 'x.db', '--empty'])).toMatchObject({ code: 2 });
  });
});

describe('cli/backup: where the database can’t be opened', () => {
  it('says what to do, restores the backup it names, and can begin anew', async () => {
    const bench = benchWithoutHost();
    writeFileSync(join(bench.folder, 'posts.yaml'), fileText());
    await bench.cli(['import', join(bench.folder, 'posts.yaml')]);
    const { name } = calls.backUp.output.parse(await bench.json(['backup']));
    writeFileSync(databasePath(bench.folder), 'no database any more\n'.repeat(500));
    const { size } = statSync(databasePath(bench.folder));
    const refused = await bench.cli(['list']);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(
      `(jackdaw restore ${name}), or start empty (jackdaw restore --empty).`,
    );
    const restored = calls.restoreBackup.output.parse(await bench.json(['restore', name]));
    expect(statSync(join(restored.kept ?? '', 'jackdaw.db')).size).toBe(size);
    expect(await bench.json(['list'])).toMatchObject([{ id: 'posts' }]);
    expect(await bench.cli(['restore', '--empty'])).toMatchObject({ code: 0, err: '' });
    expect(await bench.json(['list'])).toEqual([]);
    await bench.stop();
  });

  it('doesn’t empty the database of a host that lives', async () => {
    const bench = await benchWithHost();
    expect(await bench.cli(['restore', '--empty'])).toMatchObject({
      code: 1,
      err: 'A host is running on this data folder; end it first.\n',
    });
    await bench.stop();
  });
});
