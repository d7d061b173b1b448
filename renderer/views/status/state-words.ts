import type { ScheduleState } from '../../../contract/views.ts';

const words: Readonly<Record<ScheduleState, string>> = {
  waiting: 'Waiting',
  queued: 'Queued',
  running: 'Running',
  'waiting-retry': 'Will try again',
  paused: 'Paused',
  off: 'Off',
  finished: 'Finished',
  never: 'Never runs',
  quarantined: 'Set aside',
};

/** What a schedule is doing in a word or two, and whether somebody should look at it. */
export function stateWords(state: ScheduleState): {
  readonly word: string;
  readonly isLoud: boolean;
} {
  return { word: words[state], isLoud: state === 'never' || state === 'quarantined' };
}
