import { cleanup, configure, render, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import type { Snapshot } from '../../contract/views.ts';
import { App } from '../../renderer/app/App.tsx';
import { guardLeaving } from '../../renderer/app/route.ts';
import { setClient } from '../../renderer/state/client.ts';
import { startSync } from '../../renderer/state/sync.ts';
import { toasts } from '../../renderer/state/toasts.ts';
import { useHost } from '../../renderer/state/use-host.ts';
import { useHours } from '../../renderer/state/use-hours.ts';
import { useRuns } from '../../renderer/state/use-runs.ts';
import { useSchedules } from '../../renderer/state/use-schedules.ts';
import { useSettings } from '../../renderer/state/use-settings.ts';
import { createFakeClient, type Answers, type FakeClient } from './fake-client.ts';

const nothing = (): void => undefined;

/** In jsdom nothing has a size, so none ever changes. */
class NoResizes implements ResizeObserver {
  readonly observe = nothing;
  readonly unobserve = nothing;
  readonly disconnect = nothing;
}
globalThis.ResizeObserver = NoResizes;

// A busy machine is slow; what never comes still fails.
configure({ asyncUtilTimeout: 10_000 });

/** The whole window in jsdom, on a fake main. */
export interface ShownWindow {
  readonly user: UserEvent;
  readonly client: FakeClient;
  /** The calls of one name so far, as their inputs. */
  made(name: string): readonly unknown[];
  close(): void;
}

/** Opens the window at a fragment and waits for its first screen. */
export async function showWindow(
  hash: string,
  snapshot: Snapshot,
  answers: Answers = {},
): Promise<ShownWindow> {
  const client = createFakeClient(snapshot, answers);
  setClient(client);
  useHost.setState({ connection: 'connected' });
  guardLeaving(null);
  window.location.hash = hash;
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  const sync = startSync(client);
  render(<App onRetry={() => sync.refresh()} />);
  await screen.findByRole('heading', { level: 1 });
  return {
    user: userEvent.setup(),
    client,
    made: (name) => client.made.filter((one) => one.name === name).map(({ input }) => input),
    close: () => {
      sync.stop();
      cleanup();
      toasts.clear();
      useHost.setState({ host: null, problem: null, connection: 'connecting' });
      useHours.setState({ hours: null });
      useRuns.setState({ open: [], snapshots: 0 });
      useSchedules.setState({ schedules: null });
      useSettings.setState({ settings: null });
    },
  };
}
