import { atMost, type Target } from '../bench/suite.ts';
import { figure } from '../bench/table.ts';
import type { Sample } from './gauge.ts';
import type { SoakReport } from './soak.ts';

/** The slope of values over places, by least squares; 0 for fewer than two places. */
export function slopeOf(points: readonly (readonly [place: number, value: number])[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map(([place]) => place));
  const y = mean(points.map(([, value]) => value));
  const spread = points.reduce((sum, [place]) => sum + (place - x) ** 2, 0);
  const joint = points.reduce((sum, [place, value]) => sum + (place - x) * (value - y), 0);
  return spread === 0 ? 0 : joint / spread;
}

/** The second half of a soak: what grows still then grows for ever. */
function lateOf(samples: readonly Sample[]): readonly Sample[] {
  return samples.slice(Math.floor(samples.length / 2));
}

/** How many bytes of something are added in a thousand ticks. */
function growth(samples: readonly Sample[], of: (sample: Sample) => number): number {
  return slopeOf(lateOf(samples).map((sample) => [sample.ticks / 1_000, of(sample)]));
}

/** The most there was of something in the first half of a soak, and in the second. */
function mostOf(samples: readonly Sample[], of: (sample: Sample) => number) {
  const early = samples.slice(0, Math.floor(samples.length / 2));
  return { early: Math.max(...early.map(of)), late: Math.max(...lateOf(samples).map(of)) };
}

function kilobytes(what: string, limit: number, bytes: number): Target {
  return atMost(what, limit, 'kB', bytes / 1e3, `${figure(bytes / 1e3)} kB`);
}

/** How many more of something there were in the second half than ever in the first. */
function more(what: string, limit: number, { early, late }: ReturnType<typeof mostOf>): Target {
  return atMost(what, limit, 'more', late - early, `${String(late)} after ${String(early)}`);
}

function none(what: string, found: number, first?: string): Target {
  return atMost(what, 0, '', found, `${String(found)}${first === undefined ? '' : `: ${first}`}`);
}

/** What must hold of a soak whose memory is not judged: of a short one, whose code is still warming up. */
export function soundTargets(report: SoakReport): readonly Target[] {
  const { samples, errors, findings } = report;
  const last = samples.at(-1);
  return [
    kilobytes('WAL', 20_000, Math.max(...samples.map(({ walBytes }) => walBytes))),
    kilobytes('log files', 2_200, Math.max(...samples.map(({ logBytes }) => logBytes))),
    atMost('files in the data folder', 30, '', last?.files ?? Infinity, String(last?.files)),
    none('slots kept for too long', report.overdue),
    none('holes in the stream of events', report.holes),
    none('runs of negative duration', report.negativeDurations),
    none('findings of the audit', findings.length, findings[0]),
    none('errors in the log', errors.length, errors[0]),
  ];
}

/**
 * All that a long soak is judged by. Memory is judged by its slope in the second half, after garbage was
 * collected; a thousand ticks are seven hours of a host that has little to do.
 */
export function soakTargets(report: SoakReport): readonly Target[] {
  const { samples } = report;
  const { early, late } = mostOf(samples, ({ databaseBytes }) => databaseBytes);
  return [
    kilobytes(
      'heap, per 1,000 ticks',
      4,
      growth(samples, ({ heapBytes }) => heapBytes),
    ),
    kilobytes(
      'RSS, per 1,000 ticks',
      32,
      growth(samples, ({ rssBytes }) => rssBytes),
    ),
    more(
      'handles',
      2,
      mostOf(samples, ({ handles }) => handles),
    ),
    more(
      'timers',
      5,
      mostOf(samples, ({ timers }) => timers),
    ),
    atMost('database, late to early', 1.1, '×', late / early, `${(late / early).toFixed(3)} ×`),
    ...soundTargets(report),
  ];
}
