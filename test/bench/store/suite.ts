import type { Suite } from '../suite.ts';
import { chartPart } from './chart.ts';
import { commitsPart } from './commits.ts';
import { historyPart } from './history.ts';
import { openingPart } from './opening.ts';

/** The store at a million runs: history, chart, commits, and what a window asks for. */
export const storeSuite: Suite = {
  name: 'store',
  packages: ['better-sqlite3'],
  parts: [historyPart, chartPart, commitsPart, openingPart],
};
