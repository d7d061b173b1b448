import type { Suite } from '../suite.ts';
import { burstPart } from './burst.ts';
import { editsPart } from './edits.ts';
import { idlePart } from './idle.ts';
import { neighboursPart } from './neighbours.ts';

/** The scheduler: how late things begin, alone and beside others, what waiting costs, and an edit. */
export const schedulerSuite: Suite = {
  name: 'scheduler',
  packages: ['better-sqlite3', 'croner', 'node-cron', 'cron', 'node-schedule'],
  parts: [burstPart, idlePart, editsPart, neighboursPart],
};
