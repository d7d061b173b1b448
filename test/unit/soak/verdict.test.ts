import { describe, expect, it } from 'vitest';
import type { Sample } from '../../soak/gauge.ts';
import type { SoakReport } from '../../soak/soak.ts';
import { slopeOf, soakTargets } from '../../soak/verdict.ts';

function aSample(given: Partial<Sample> = {}): Sample {
  return {
    ...{ ticks: 0, seconds: 0, rssBytes: 200e6, heapBytes: 30e6, externalBytes: 10e6 },
    ...{ handles: 3, timers: 6, databaseBytes: 1e6, walBytes: 4e6, logBytes: 1e6, files: 20 },
    ...given,
  };
}

/** Ten samples, each 10,000 ticks after the one before. */
function samples(given: (index: number) => Partial<Sample>): readonly Sample[] {
  return Array.from({ length: 10 }, (_, index) =>
    aSample({ ticks: (index + 1) * 10_000, ...given(index) }),
  );
}

function aReport(given: Partial<SoakReport> = {}): SoakReport {
  return {
    ...{ samples: samples(() => ({})), ticks: 100_000, days: 30, runs: 9_000, events: 80_000 },
    ...{ windows: 50, holes: 0, errors: [], findings: [], negativeDurations: 0, overdue: 0 },
    ...given,
  };
}

function missed(report: SoakReport): readonly string[] {
  return soakTargets(report)
    .filter(({ met }) => !met)
    .map(({ what, found }) => `${what}: ${found}`);
}

describe('soak/verdict', () => {
  it('knows the slope of a line through noise', () => {
    const noise = [1, -1, -1, 1];
    expect(slopeOf(noise.map((off, index) => [index, 5 + 3 * index + off]))).toBeCloseTo(3);
    expect(slopeOf([[1, 7]])).toBe(0);
  });

  it('finds nothing in a soak that stays as it is, nor in what only warms up', () => {
    expect(missed(aReport())).toEqual([]);
    const warming = samples((index) => ({ heapBytes: 30e6 + Math.min(index, 4) * 1e6 }));
    expect(missed(aReport({ samples: warming }))).toEqual([]);
  });

  it.each<[string, Partial<SoakReport>, string]>([
    [
      'a heap that grows',
      { samples: samples((index) => ({ heapBytes: 30e6 + index * 50_000 })) },
      'heap, per 1,000 ticks: 5.00 kB',
    ],
    [
      'memory outside it that grows',
      { samples: samples((index) => ({ rssBytes: 200e6 + index * 400_000 })) },
      'RSS, per 1,000 ticks: 40.0 kB',
    ],
    ['handles', { samples: samples((index) => ({ handles: 3 + index })) }, 'handles: 12 after 7'],
    ['timers', { samples: samples((index) => ({ timers: 2 * index })) }, 'timers: 18 after 8'],
    [
      'a database beyond its limit',
      { samples: samples((index) => ({ databaseBytes: index < 9 ? 1e6 : 1.2e6 })) },
      'database, late to early: 1.200 ×',
    ],
    ['a WAL', { samples: samples(() => ({ walBytes: 21e6 })) }, 'WAL: 21 000 kB'],
    ['a log', { samples: samples(() => ({ logBytes: 3e6 })) }, 'log files: 3 000 kB'],
    ['files', { samples: samples(() => ({ files: 31 })) }, 'files in the data folder: 31'],
    ['old history', { overdue: 1 }, 'slots kept for too long: 1'],
    ['a hole', { holes: 2 }, 'holes in the stream of events: 2'],
    ['a run back in time', { negativeDurations: 1 }, 'runs of negative duration: 1'],
    ['the audit', { findings: ['twice: x'] }, 'findings of the audit: 1: twice: x'],
    ['an error', { errors: ['tick failed'] }, 'errors in the log: 1: tick failed'],
  ])('tells of %s', (_, given, told) => {
    expect(missed(aReport(given))).toEqual([told]);
  });
});
