import type { Suite } from '../suite.ts';
import { bytesPart } from './bytes.ts';
import { latencyPart } from './latency.ts';
import { paintedPart } from './painted.ts';

/** What a change costs on its way to the windows: bytes, and time until it is read and painted. */
export const eventsSuite: Suite = {
  name: 'events',
  packages: ['ws', 'react', 'react-aria-components', '@playwright/test'],
  parts: [bytesPart, latencyPart, paintedPart],
};
