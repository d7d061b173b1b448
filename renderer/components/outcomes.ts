import {
  Ban,
  Check,
  CircleX,
  Clock3,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  MoonStar,
  PieChart,
  RotateCw,
  SkipForward,
  TimerOff,
  TriangleAlert,
  Unplug,
} from 'lucide-react';
import type { HistoryEntry, OpenState, Outcome } from '../../contract/ledger.ts';

/** How loud an outcome is: `person` is amber, `failure` red, `live` the accent; the rest have no colour. */
export type Tone = 'quiet' | 'faint' | 'live' | 'person' | 'failure';

/** How an outcome or an open state looks and reads. */
export interface Face {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly tone: Tone;
}

/** The face of each outcome: the word says it, the icon and the colour only repeat it. */
export const outcomeFaces: Readonly<Record<Outcome, Face>> = {
  success: { word: 'Success', icon: Check, tone: 'quiet' },
  partial: { word: 'Partial', icon: PieChart, tone: 'quiet' },
  attention: { word: 'Needs attention', icon: TriangleAlert, tone: 'person' },
  failed: { word: 'Failed', icon: CircleX, tone: 'failure' },
  'timed-out': { word: 'Timed out', icon: TimerOff, tone: 'failure' },
  cancelled: { word: 'Cancelled', icon: Ban, tone: 'faint' },
  interrupted: { word: 'Interrupted', icon: Unplug, tone: 'faint' },
  skipped: { word: 'Skipped', icon: SkipForward, tone: 'faint' },
  missed: { word: 'Missed', icon: MoonStar, tone: 'faint' },
};

/** The face of each open state. */
export const stateFaces: Readonly<Record<OpenState, Face>> = {
  queued: { word: 'Queued', icon: Hourglass, tone: 'live' },
  starting: { word: 'Starting', icon: LoaderCircle, tone: 'live' },
  running: { word: 'Running', icon: LoaderCircle, tone: 'live' },
  'waiting-retry': { word: 'Will try again', icon: RotateCw, tone: 'live' },
};

const unknownFace: Face = { word: 'Ended', icon: Clock3, tone: 'faint' };

/** The face of a row of the history, open or ended. */
export function faceOf(entry: Pick<HistoryEntry, 'state' | 'outcome'>): Face {
  if (entry.state !== 'ended') return stateFaces[entry.state];
  return entry.outcome === null ? unknownFace : outcomeFaces[entry.outcome];
}

const reasons: Readonly<Record<string, string>> = {
  overlap: 'the last run was still going',
  paused: 'it was paused',
  enough: 'it had enough for that stretch',
  condition: 'a condition didn’t hold',
  'closed-at-start': 'its hours had closed',
  asleep: 'the computer was asleep',
  'not-running': 'Jackdaw wasn’t running',
  closed: 'its hours had closed',
  'past-grace': 'it was too late by then',
  'few-rows': 'far fewer rows than usual',
  'no-items': 'nothing on the page matched',
};

/** Why something didn't run or went wrong, in a few plain words: the run's own message where it has one. */
export function reasonText(entry: Pick<HistoryEntry, 'reason' | 'message'>): string | null {
  if (entry.message !== null) return entry.message;
  return entry.reason === null ? null : (reasons[entry.reason] ?? entry.reason);
}

/** The plain words of a stable reason, for places that hold no message. */
export function reasonWords(reason: string | null): string | null {
  return reason === null ? null : (reasons[reason] ?? reason);
}
