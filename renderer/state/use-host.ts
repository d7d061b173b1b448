import { create } from 'zustand';
import { standstills } from '../../contract/troubles.ts';
import type { HostView } from '../../contract/views.ts';
import { setReaderZone } from '../time/words.ts';
import type { Connection } from '../bridge/connection.ts';

/** The host, and how this window is joined to it. */
export interface HostState {
  /** Null until the first snapshot. */
  readonly host: HostView | null;
  readonly connection: Connection;
  /** Why the last snapshot couldn't be had; null when it could. */
  readonly problem: string | null;
}

/** The host as main last told it. Only `sync` writes here. */
export const useHost = create<HostState>()(() => ({
  host: null,
  connection: 'connecting',
  problem: null,
}));

/** Takes the host's view of itself. */
export function replaceHost(host: HostView): void {
  setReaderZone(host.timezone);
  useHost.setState({ host, problem: null });
}

/** Takes how the connection stands. */
export function setConnection(connection: Connection): void {
  useHost.setState({ connection });
}

/** Takes why there is no snapshot. */
export function setProblem(problem: string): void {
  useHost.setState({ problem });
}

/** Whether a host can't tell which schedules there are: an empty list then means nothing. */
export function hidesSchedules({ running, troubles }: HostView): boolean {
  return !running && troubles.some(({ code }) => standstills.has(code));
}
