import type { Parent } from '../../main/scrape/child/parent.ts';
import type { KeptPage, KeptRobots } from '../../main/scrape/runner.ts';

/** A parent for a child's code that runs inside a test: gives every leave, and remembers. */
export interface FakeParent extends Parent {
  /** The addresses leave was asked for, robots.txt included. */
  readonly leaves: string[];
  readonly lines: string[];
  readonly pages: Map<string, KeptPage>;
  readonly robotsKept: Map<string, KeptRobots>;
  readonly robotsFailures: string[];
}

/** A parent that keeps what it is told. */
export function fakeParent(): FakeParent {
  const leaves: string[] = [];
  const lines: string[] = [];
  const robotsFailures: string[] = [];
  const pages = new Map<string, KeptPage>();
  const robotsKept = new Map<string, KeptRobots>();
  return {
    leaves,
    lines,
    pages,
    robotsKept,
    robotsFailures,
    leave: async (url, conditional) => {
      leaves.push(url);
      const page = conditional ? pages.get(url) : undefined;
      return { etag: page?.etag ?? null, lastModified: page?.lastModified ?? null };
    },
    robots: async (origin) => robotsKept.get(origin) ?? null,
    robotsRead: (origin, body) => {
      robotsKept.set(origin, { fetchedAtMs: 0, body });
    },
    robotsFailed: (origin) => {
      robotsFailures.push(origin);
    },
    keptPage: async (url) => pages.get(url) ?? null,
    log: (level, message) => {
      lines.push(`${level}: ${message}`);
    },
  };
}
