import type { Schedule } from '../../contract/schedule.ts';
import { isLoopback } from '../scrape/lanes.ts';

/** Whose pages a schedule reads. */
export interface Target {
  /** The host with its port: what the limit of runs on one host goes by. */
  readonly host: string;
  /** Whether it lies beyond this computer, so that reaching it takes a network. */
  readonly isRemote: boolean;
}

/** The host whose pages a schedule reads. */
export function targetOf({ scrape }: Pick<Schedule, 'scrape'>): Target {
  const url = URL.parse(scrape.url);
  return url === null
    ? { host: '', isRemote: false }
    : { host: url.host, isRemote: !isLoopback(url.hostname) };
}
