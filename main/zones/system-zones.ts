/**
 * What the operating system holds of the world's time zones, asked to hear a second opinion on the zone
 * data this runtime carries. Built by the entries; tests pass their own.
 */
export interface SystemZones {
  /** The edition of the system's zone data, `2026c`; null where it isn't said. */
  version(): Promise<string | null>;
  /**
   * The system's offsets of a zone at these instants (epoch ms), in seconds east of UTC, in their order.
   * Null where the system can't tell: it has no zone data, or none that can be read for this zone.
   */
  offsetsOf(zone: string, instantsMs: readonly number[]): Promise<readonly number[] | null>;
}

/** A system without zone data of its own that could be asked, as on Windows or in a slim container. */
export const noSystemZones: SystemZones = {
  version: () => Promise.resolve(null),
  offsetsOf: () => Promise.resolve(null),
};
