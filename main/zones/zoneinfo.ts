import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noSystemZones, type SystemZones } from './system-zones.ts';
import { readTzif, type OffsetAt } from './tzif.ts';

/** Where systems keep their compiled zones. */
const usualFolders = [
  '/usr/share/zoneinfo',
  '/usr/lib/zoneinfo',
  '/usr/share/lib/zoneinfo',
  '/etc/zoneinfo',
] as const;

/** Names of zones, and nothing that could lead out of the folder. */
const zoneName = /^[A-Za-z0-9_+-]+(?:\/[A-Za-z0-9_+-]+){0,3}$/;

async function bytesOf(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch {
    // Not there, a folder, or not ours to read: the system can't tell.
    return null;
  }
}

/** The edition, from where Debian and others, or BSD and macOS, write it. */
async function versionIn(folder: string): Promise<string | null> {
  for (const [file, pattern] of [
    ['tzdata.zi', /^# version (\S+)/],
    ['+VERSION', /^(\d{4}[a-z]+)/],
  ] as const) {
    const bytes = await bytesOf(join(folder, file));
    const found = bytes === null ? undefined : pattern.exec(Buffer.from(bytes).toString('latin1'));
    if (found?.[1] !== undefined) return found[1];
  }
  return null;
}

/** The zones in these folders, the first that has a zone's file being asked. Files are read anew each time. */
export function zonesIn(folders: readonly string[]): SystemZones {
  const zoneOf = async (zone: string): Promise<OffsetAt | null> => {
    if (!zoneName.test(zone)) return null;
    for (const folder of folders) {
      const bytes = await bytesOf(join(folder, zone));
      if (bytes !== null) return readTzif(bytes);
    }
    return null;
  };
  return {
    version: async () => {
      for (const folder of folders) {
        const version = await versionIn(folder);
        if (version !== null) return version;
      }
      return null;
    },
    offsetsOf: async (zone, instantsMs) => {
      const offsetAt = await zoneOf(zone);
      return offsetAt === null
        ? null
        : instantsMs.map((atMs) => offsetAt(Math.floor(atMs / 1_000)));
    },
  };
}

/**
 * This computer's own zones. On Linux and macOS its zone files, in `TZDIR` first where that is set; Windows
 * keeps none that Node could read, so there the system can't tell.
 */
export function systemZones(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): SystemZones {
  if (platform === 'win32') return noSystemZones;
  const own = environment['TZDIR'] ?? '';
  return zonesIn(own === '' ? usualFolders : [own, ...usualFolders]);
}
