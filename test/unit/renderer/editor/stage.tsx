import { cleanup, configure, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { act, type ReactElement } from 'react';
import type { TryOut } from '../../../../contract/calls.ts';
import type { Preview } from '../../../../contract/preview.ts';
import type { CallName } from '../../../../contract/names.ts';
import type { Snapshot } from '../../../../contract/views.ts';
import { go, guardLeaving } from '../../../../renderer/app/route.ts';
import { setClient } from '../../../../renderer/state/client.ts';
import { startSync, type Sync } from '../../../../renderer/state/sync.ts';
import { forgetHolidayPlaces } from '../../../../renderer/state/use-holiday-places.ts';
import { useHours } from '../../../../renderer/state/use-hours.ts';
import { useSchedules } from '../../../../renderer/state/use-schedules.ts';
import { calendarAnswers } from '../../../support/fake-calendars.ts';
import {
  createFakeClient,
  ok,
  type Answers,
  type FakeClient,
} from '../../../support/fake-client.ts';
import { anEmptySnapshot } from '../../../support/fake-data.ts';

/** The instant of all snapshots here. */
export const nowMs = Date.parse('2026-11-21T08:00:00Z');

/** What main says of a draft where a test doesn't care. */
export function aPreview(changes: Partial<Preview> = {}): Preview {
  const slot = (at: string) => ({
    at,
    local: at,
    trace: [{ code: 'trigger', params: {}, text: 'every 30 minutes' }],
  });
  return {
    faults: [],
    trigger: 'every 30 minutes',
    hours: 'Always (default)',
    timezone: 'Europe/Berlin',
    next: ['2099-11-21T08:30:00Z', '2099-11-21T09:00:00Z'].map(slot),
    why: [],
    advice: [],
    changes: null,
    clockChanges: [],
    ...changes,
  };
}

/** What a page gives where a test doesn't care. */
export function aTryOut(changes: Partial<TryOut> = {}): TryOut {
  return {
    faults: [],
    url: 'https://example.com/',
    title: 'Example',
    columns: ['title'],
    rows: [{ title: 'First post' }, { title: 'Second post' }],
    total: 2,
    next: null,
    message: null,
    ...changes,
  };
}

// What is waited for comes from timers of a few hundred milliseconds, on a machine that may be busy.
configure({ asyncUtilTimeout: 10_000 });

let sync: Sync | null = null;

/** A screen on a fake main, as a person meets it. */
export interface Stage {
  readonly client: FakeClient;
  readonly user: ReturnType<typeof userEvent.setup>;
  /** Puts a text into a field at once, as pasting does. */
  readonly fill: (field: HTMLElement, text: string) => Promise<void>;
  /** The inputs of all calls of this name so far. */
  readonly inputsOf: (name: CallName) => readonly unknown[];
}

/** Shows a screen, on the snapshot given. */
export async function show(
  screen: ReactElement,
  snapshot: Partial<Snapshot>,
  answers: Answers = {},
): Promise<Stage> {
  const client = createFakeClient(anEmptySnapshot(nowMs, snapshot), {
    previewSchedule: () => ok(aPreview()),
    tryPage: () => ok(aTryOut()),
    ...calendarAnswers,
    ...answers,
  });
  setClient(client);
  sync = startSync(client);
  await act(async () => {
    await Promise.resolve();
  });
  render(screen);
  const user = userEvent.setup();
  return {
    client,
    user,
    fill: async (field, text) => {
      await user.clear(field);
      if (text !== '') await user.paste(text);
    },
    inputsOf: (name) => client.made.filter((made) => made.name === name).map(({ input }) => input),
  };
}

/** Takes the screen down, and forgets all it held. */
export function strike(): void {
  cleanup();
  sync?.stop();
  sync = null;
  guardLeaving(null);
  go({ view: 'schedules' });
  useSchedules.setState({ schedules: null });
  useHours.setState({ hours: null });
  forgetHolidayPlaces();
}
