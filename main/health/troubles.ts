import { troubleCodes, type Trouble, type TroubleCode } from '../../contract/troubles.ts';
import { toInstant } from '../../contract/time.ts';
import type { Clock } from '../clock.ts';

/** The words of a trouble. */
export type TroubleWords = Pick<Trouble, 'message' | 'remedy'>;

/** What is wrong with a host now, each kind once. It outlives the app inside the host. */
export interface Troubles {
  /** Gravest first. */
  all(): readonly Trouble[];
  /** Says that something is wrong. While it lasts its beginning stays, and newer words take the place of older. */
  raise(code: TroubleCode, words: TroubleWords): void;
  /** Says that it is well again; harmless where it was. */
  clear(code: TroubleCode): void;
  /** Hears each change. Answers the function that ends it. */
  onChange(listener: () => void): () => void;
}

/** No troubles yet. */
export function createTroubles(clock: Clock): Troubles {
  const troubles = new Map<TroubleCode, Trouble>();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    all: () => troubleCodes.flatMap((code) => troubles.get(code) ?? []),
    raise: (code, { message, remedy }) => {
      const known = troubles.get(code);
      if (known?.message === message && known.remedy === remedy) return;
      troubles.set(code, {
        code,
        message,
        remedy,
        since: known?.since ?? toInstant(clock.now()),
      });
      tell();
    },
    clear: (code) => {
      if (troubles.delete(code)) tell();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
