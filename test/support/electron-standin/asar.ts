import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly offset?: string;
  readonly size?: number;
  readonly unpacked?: boolean;
}

/**
 * Unpacks an asar archive into a folder. Electron reads files inside the archive in place; plain Node
 * can't, so a packed app is unpacked before it runs here.
 */
export function unpackAsar(archive: string, folder: string): void {
  const bytes = readFileSync(archive);
  const headerSize = bytes.readUInt32LE(4);
  const jsonSize = bytes.readUInt32LE(12);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + jsonSize)) as Entry;
  const unpack = (entry: Entry, place: string): void => {
    if (entry.files !== undefined) {
      mkdirSync(path.join(folder, place), { recursive: true });
      for (const [name, inner] of Object.entries(entry.files))
        unpack(inner, path.join(place, name));
      return;
    }
    const target = path.join(folder, place);
    if (entry.unpacked === true) {
      cpSync(path.join(`${archive}.unpacked`, place), target);
      return;
    }
    const start = 8 + headerSize + Number(entry.offset);
    writeFileSync(target, bytes.subarray(start, start + (entry.size ?? 0)));
  };
  unpack(header, '');
}
