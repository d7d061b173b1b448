import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { childEnvironment } from '../../../main/scrape/launcher.ts';
import { folderMark, newChildMark, ownMark } from '../../../main/scrape/marks.ts';
import { aFolder } from '../../support/builders.ts';

let folder: ReturnType<typeof aFolder>;

beforeEach(() => {
  folder = aFolder();
});

afterEach(() => {
  folder.remove();
});

describe('scrape/marks', () => {
  it('marks every child otherwise', () => {
    expect(newChildMark()).toMatch(/^JACKDAW_CHILD=[0-9a-f]{32}$/);
    expect(newChildMark()).not.toBe(newChildMark());
  });

  it("marks a data folder's children alike, by whatever way the folder is reached", () => {
    const link = path.join(folder.path, 'link');
    const data = path.join(folder.path, 'data');
    mkdirSync(data);
    symlinkSync(data, link);
    expect(folderMark(data)).toMatch(/^JACKDAW_FOLDER=[0-9a-f]{32}$/);
    expect(folderMark(link)).toBe(folderMark(data));
    expect(folderMark(folder.path)).not.toBe(folderMark(data));
  });

  it("doesn't take another folder for the one that lay at its place", () => {
    const data = path.join(folder.path, 'data');
    mkdirSync(data);
    const before = folderMark(data);
    renameSync(data, path.join(folder.path, 'aside'));
    mkdirSync(data);
    expect(folderMark(data)).not.toBe(before);
    rmSync(data, { recursive: true });
  });

  it('goes with what a child may know of its environment, and no more', () => {
    const environment = childEnvironment({ PATH: '/bin', SECRET: 'canary' }, [
      'JACKDAW_CHILD=ab',
      null,
    ]);
    expect(environment).toEqual({ JACKDAW_CHILD: 'ab', PATH: '/bin' });
    expect(ownMark(environment)).toBe('JACKDAW_CHILD=ab');
    expect(ownMark({})).toBeNull();
  });
});
