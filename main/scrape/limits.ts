/** Larger pages aren't kept for the next run: they cost more to keep than to fetch. */
export const keptPageBytes = 2 * 1024 * 1024;

/** The bounds of one run. Tests set smaller ones; everything else takes `defaultLimits`. */
export interface ScrapeLimits {
  /** To open a connection, TLS included. */
  readonly connectMs: number;
  /** From the request to the end of the answer's headers. */
  readonly headersMs: number;
  /** Between two pieces of a body. */
  readonly idleMs: number;
  /** For one request with its whole body, redirects apart. */
  readonly requestMs: number;
  /** Of one body, decompressed. */
  readonly bodyBytes: number;
  readonly redirects: number;
  /** Of the child's resident memory. */
  readonly memoryBytes: number;
  /** Of one run. */
  readonly rows: number;
  /** The characters of all texts of one run's rows together. */
  readonly characters: number;
}

/** The bounds of one run, as design.md section 5 and reliability.md rows 19 to 27 set them. */
export const defaultLimits: ScrapeLimits = {
  connectMs: 10_000,
  headersMs: 30_000,
  idleMs: 20_000,
  requestMs: 120_000,
  bodyBytes: 20 * 1024 * 1024,
  redirects: 10,
  memoryBytes: 512 * 1024 * 1024,
  rows: 100_000,
  characters: 64 * 1024 * 1024,
};
