import type { Suite } from '../suite.ts';
import { activeHoursPart } from './active-hours.ts';
import { heapPart } from './heap.ts';
import { nextLinesPart } from './next-lines.ts';
import { peerPackages } from './peers.ts';
import { plainCronsPart } from './plain-crons.ts';
import { replanPart } from './replan.ts';
import { worstAnswerPart } from './worst-answer.ts';

/** The time engine: how soon it answers, how right, and what it holds. */
export const timeSuite: Suite = {
  name: 'time',
  packages: peerPackages,
  parts: [activeHoursPart, plainCronsPart, worstAnswerPart, heapPart, replanPart, nextLinesPart],
};
