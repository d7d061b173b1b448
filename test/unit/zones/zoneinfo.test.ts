import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { segmentAt } from '../../../main/schedule/offsets.ts';
import { systemZones, zonesIn } from '../../../main/zones/zoneinfo.ts';
import { aFolder } from '../../support/builders.ts';
import { tzifFile } from '../../support/tzif-file.ts';

let folder: ReturnType<typeof aFolder>;

beforeEach(() => {
  folder = aFolder();
});

afterEach(() => {
  folder.remove();
});

function put(root: string, zone: string, offset: number): void {
  mkdirSync(join(root, zone, '..'), { recursive: true });
  writeFileSync(join(root, zone), tzifFile({ first: offset, changes: [] }));
}

const nowMs = Date.parse('2026-11-20T08:00:00.500Z');

describe('zones/zoneinfo', () => {
  it('asks the first folder that has the zone, TZDIR before the usual ones', async () => {
    put(folder.path, 'Europe/Berlin', 60);
    const own = systemZones({ TZDIR: folder.path }, 'linux');
    expect(await own.offsetsOf('Europe/Berlin', [nowMs, nowMs + 1])).toEqual([60, 60]);
    const [first, second] = [join(folder.path, 'first'), join(folder.path, 'second')];
    put(first, 'Asia/Tokyo', 1);
    put(second, 'Asia/Tokyo', 2);
    put(second, 'Asia/Seoul', 3);
    const both = zonesIn([join(folder.path, 'nowhere'), first, second]);
    expect(await both.offsetsOf('Asia/Tokyo', [nowMs])).toEqual([1]);
    expect(await both.offsetsOf('Asia/Seoul', [nowMs])).toEqual([3]);
  });

  it('can’t tell of a zone without a file, nor of a file that is none', async () => {
    writeFileSync(join(folder.path, 'Broken'), 'TZif, it says');
    mkdirSync(join(folder.path, 'Folder'));
    const zones = zonesIn([folder.path]);
    for (const zone of ['Europe/Berlin', 'Broken', 'Folder'])
      expect(await zones.offsetsOf(zone, [nowMs])).toBeNull();
  });

  it('reads no file outside its folders, whatever a zone is called', async () => {
    put(folder.path, 'outside', 1);
    put(folder.path, 'in/side', 2);
    const zones = zonesIn([join(folder.path, 'in')]);
    expect(await zones.offsetsOf('side', [nowMs])).toEqual([2]);
    for (const zone of [
      '../outside',
      'x/../../outside',
      join(folder.path, 'outside'),
      '',
      '.',
      'a//b',
    ])
      expect(await zones.offsetsOf(zone, [nowMs])).toBeNull();
  });

  it.each([
    ['tzdata.zi', '# version 2025b\n# This zic input file is in the public domain.\n', '2025b'],
    ['+VERSION', '2024a\n', '2024a'],
    ['tzdata.zi', '# nothing is said\n', null],
  ])('finds the edition in %s', async (file, text, version) => {
    writeFileSync(join(folder.path, file), text);
    expect(await zonesIn([folder.path]).version()).toBe(version);
  });

  it('can’t tell of anything on Windows', async () => {
    const zones = systemZones({ TZDIR: folder.path }, 'win32');
    expect(await zones.offsetsOf('UTC', [nowMs])).toBeNull();
    expect(await zones.version()).toBeNull();
  });

  const own = systemZones({}, process.platform);
  it.for([
    'America/New_York',
    'Europe/Berlin',
    'Europe/Dublin',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'UTC',
  ])(
    'agrees with Intl on %s for 2010 to 2024, by this machine’s own file',
    async (zone, { skip }) => {
      const has = existsSync(`/usr/share/zoneinfo/${zone}`);
      skip(!has, 'this machine has no zone files');
      const start = Date.parse('2010-01-01T00:00:00Z');
      const hours = Array.from({ length: 15 * 365 * 24 }, (_, hour) => start + hour * 3_600_000);
      const systems = await own.offsetsOf(zone, hours);
      const different = hours.filter(
        (atMs, index) => segmentAt(zone, atMs / 1_000).offset !== systems?.[index],
      );
      expect(different).toEqual([]);
    },
  );
});
