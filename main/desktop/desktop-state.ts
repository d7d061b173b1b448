import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const stateSchema = z.object({
  /** Whether the user was told that closing the window leaves Jackdaw running. */
  closeNoticeShown: z.boolean().default(false),
  bounds: z
    .object({ x: z.int(), y: z.int(), width: z.int().min(200), height: z.int().min(200) })
    .nullable()
    .default(null),
  maximized: z.boolean().default(false),
});

/** What the desktop remembers of itself: nothing a schedule depends on. */
export type DesktopState = Readonly<z.infer<typeof stateSchema>>;

/** The desktop's memory, in a file of the data folder. */
export interface DesktopMemory {
  get(): DesktopState;
  /** Changes some of it and writes the file; a full disk costs the memory, not the app. */
  change(change: Partial<DesktopState>): void;
}

/** Opens the memory. A missing or unreadable file means nothing is remembered. */
export function openDesktopMemory(dataFolder: string): DesktopMemory {
  const file = path.join(dataFolder, 'desktop.json');
  const read = (): DesktopState => {
    try {
      return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return stateSchema.parse({});
    }
  };
  let state = read();
  return {
    get: () => state,
    change: (change) => {
      state = { ...state, ...change };
      try {
        writeFileSync(`${file}.part`, `${JSON.stringify(state)}\n`);
        renameSync(`${file}.part`, file);
      } catch {
        // Only where the window stood is lost.
      }
    },
  };
}
