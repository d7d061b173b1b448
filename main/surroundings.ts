import { hasAddress } from './network.ts';

/** What a host can tell of the computer it runs on, asked anew each time. */
export interface Surroundings {
  /** What feeds the computer; null where this host can't tell. */
  power(): 'ac' | 'battery' | null;
  /** Whether there is a network; null where this host can't tell. */
  network(): boolean | null;
  /** Whether the computer has an address beyond its own loopback. */
  hasAddress(): boolean;
}

/** What plain Node can tell: addresses, and nothing of power or of networks behind them. */
export const plainSurroundings: Surroundings = {
  power: () => null,
  network: () => null,
  hasAddress: () => hasAddress(),
};
