import type { Client } from '../../contract/client.ts';

/**
 * How the window is joined to main. `refused`: the host answers, but not to this link; trying again
 * is of no use.
 */
export type Connection = 'connecting' | 'connected' | 'lost' | 'refused';

/** A client, and how it fares. */
export interface Bridge {
  readonly client: Client;
  /** Hears how the connection stands, at once and at each change; answers the function that ends it. */
  watch(listener: (connection: Connection) => void): () => void;
}
