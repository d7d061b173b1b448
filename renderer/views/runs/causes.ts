import type { Cause } from '../../../contract/ledger.ts';

/** What made a run start, in a word or two. */
export const causeWords: Readonly<Record<Cause, string>> = {
  slot: 'On schedule',
  'catch-up': 'Caught up',
  retry: 'Tried again',
  manual: 'By hand',
  chain: 'After another',
};
