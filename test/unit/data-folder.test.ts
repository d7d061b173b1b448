import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder, findInstallation } from '../../main/data-folder.ts';

const linux = { environment: {}, checkout: false, platform: 'linux', home: '/home/ada' } as const;

describe('data-folder', () => {
  it('is the system’s place for programs’ data, one for all three entries', () => {
    expect([
      dataFolder(linux),
      dataFolder({ ...linux, environment: { XDG_DATA_HOME: '/data' } }),
      dataFolder({ ...linux, environment: { XDG_DATA_HOME: 'relative' } }),
      dataFolder({ ...linux, platform: 'darwin' }),
      dataFolder({ ...linux, platform: 'win32', environment: { APPDATA: '/roaming' } }),
    ]).toEqual([
      '/home/ada/.local/share/Jackdaw',
      '/data/Jackdaw',
      '/home/ada/.local/share/Jackdaw',
      '/home/ada/Library/Application Support/Jackdaw',
      '/roaming/Jackdaw',
    ]);
  });

  it('keeps a checkout’s data apart', () => {
    expect(dataFolder({ ...linux, checkout: true })).toBe('/home/ada/.local/share/Jackdaw Dev');
  });

  it('is what the option says, else what JACKDAW_DATA says', () => {
    const environment = { JACKDAW_DATA: '/from/environment' };
    expect(dataFolder({ ...linux, environment })).toBe('/from/environment');
    expect(dataFolder({ ...linux, environment, option: '/from/option' })).toBe('/from/option');
    expect(dataFolder({ ...linux, environment, option: 'here' })).toBe(resolve('here'));
    expect(dataFolder({ ...linux, environment: { JACKDAW_DATA: '' } })).toBe(
      '/home/ada/.local/share/Jackdaw',
    );
  });

  it('tells a checkout from an installed app by its tsconfig.json', () => {
    const here = findInstallation(import.meta.dirname);
    expect(here).toMatchObject({ root: resolve(import.meta.dirname, '../..'), checkout: true });

    const root = mkdtempSync(join(tmpdir(), 'jackdaw-installed-'));
    mkdirSync(join(root, 'out', 'main'), { recursive: true });
    writeFileSync(join(root, 'package.json'), '{"name":"jackdaw","version":"9.8.7"}');
    expect(findInstallation(join(root, 'out', 'main'))).toEqual({
      root,
      version: '9.8.7',
      checkout: false,
    });
    rmSync(root, { recursive: true });
  });
});
