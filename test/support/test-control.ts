import type { RunReport } from '../../main/scrape/runner.ts';

/** How fake runs end: by themselves after some virtual time, or never until cancelled (null). */
export type FakeAnswer = { readonly afterMs: number; readonly report: Partial<RunReport> } | null;

/** What a spec may do to a host on a virtual clock. Only the test entries offer it. */
export type ControlMessage =
  | { readonly act: 'advance'; readonly byMs: number }
  | { readonly act: 'sleep'; readonly byMs: number }
  | { readonly act: 'moveTo'; readonly zone: string }
  | { readonly act: 'answer'; readonly answer: FakeAnswer };

/** When and where a virtual host begins. */
export interface VirtualWorld {
  readonly at: string;
  readonly zone: string;
}
