import { afterEach, describe, expect, it } from 'vitest';
import { startSync, type Sync } from '../../../../renderer/state/sync.ts';
import { useHost } from '../../../../renderer/state/use-host.ts';
import { useRuns } from '../../../../renderer/state/use-runs.ts';
import { useSchedules } from '../../../../renderer/state/use-schedules.ts';
import { useSettings } from '../../../../renderer/state/use-settings.ts';
import { defaultSettings } from '../../../../contract/settings.ts';
import type { Snapshot } from '../../../../contract/views.ts';
import type { Result } from '../../../../contract/result.ts';
import { createFakeClient, ok, type FakeClient } from '../../../support/fake-client.ts';
import { anEmptySnapshot, anEntry, aHost, aView } from '../../../support/fake-data.ts';

const nowMs = Date.parse('2026-11-21T08:00:00Z');

let sync: Sync | null = null;

afterEach(() => {
  sync?.stop();
  sync = null;
  useSchedules.setState({ schedules: null });
  useSettings.setState({ settings: null });
  useHost.setState({ host: null, problem: null, connection: 'connecting' });
  useRuns.setState({ open: [], snapshots: 0 });
});

/** What the window shows of the schedules: their names, in order. */
function names(): readonly string[] | undefined {
  return useSchedules.getState().schedules?.map(({ name }) => name);
}

function snapshotOf(sequence: number, start: string, ...schedules: readonly string[]): Snapshot {
  return anEmptySnapshot(nowMs, {
    revision: { start, sequence },
    schedules: schedules.map((name) => aView(nowMs, { id: name.toLowerCase(), name })),
  });
}

/** Every promise that is ready has settled. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

function snapshotsFetched(client: FakeClient): number {
  return client.made.filter(({ name }) => name === 'getSnapshot').length;
}

async function started(client: FakeClient): Promise<void> {
  sync = startSync(client);
  await settled();
}

describe('renderer/state/sync', () => {
  it('shows the snapshot, then each event that follows it', async () => {
    const client = createFakeClient(snapshotOf(7, 'first', 'Larch', 'Birch'));
    await started(client);
    expect(names()).toEqual(['Birch', 'Larch']);

    client.push('schedule', aView(nowMs, { id: 'alder', name: 'Alder' }));
    client.push('scheduleRemoved', { id: 'larch' });
    expect(names()).toEqual(['Alder', 'Birch']);
    expect(snapshotsFetched(client)).toBe(1);
  });

  it('subscribes before it fetches, and applies what came meanwhile and is newer than the snapshot', async () => {
    let answer: (result: Result<Snapshot>) => void = () => undefined;
    const client = createFakeClient(snapshotOf(4, 'first'), {
      getSnapshot: () => new Promise<Result<Snapshot>>((resolve) => (answer = resolve)),
    });
    sync = startSync(client);
    client.push('schedule', aView(nowMs, { id: 'larch', name: 'In the snapshot already' }));
    client.push('schedule', aView(nowMs, { id: 'larch', name: 'Larch' }));
    expect(names()).toBeUndefined();

    answer(ok(snapshotOf(5, 'first', 'Birch')));
    await settled();
    expect(names()).toEqual(['Birch', 'Larch']);
    expect(snapshotsFetched(client)).toBe(1);
  });

  it('fetches the snapshot again when an event is missing', async () => {
    const client = createFakeClient(snapshotOf(4, 'first', 'Birch'));
    await started(client);

    client.setSnapshot(snapshotOf(6, 'first', 'Birch', 'Larch'));
    client.send({
      revision: { start: 'first', sequence: 6 },
      previous: 5,
      name: 'schedule',
      value: aView(nowMs, { id: 'larch', name: 'Larch' }),
    });
    await settled();
    expect(snapshotsFetched(client)).toBe(2);
    expect(names()).toEqual(['Birch', 'Larch']);
  });

  it('comes to the right state when two events arrive in the wrong order', async () => {
    const client = createFakeClient(snapshotOf(4, 'first', 'Birch'));
    await started(client);

    client.setSnapshot(snapshotOf(6, 'first', 'Larch'));
    const start = 'first';
    client.send({
      revision: { start, sequence: 6 },
      previous: 5,
      name: 'scheduleRemoved',
      value: { id: 'birch' },
    });
    client.send({
      revision: { start, sequence: 5 },
      previous: 4,
      name: 'schedule',
      value: aView(nowMs, { id: 'larch', name: 'Larch' }),
    });
    await settled();
    expect(names()).toEqual(['Larch']);

    client.push('schedule', aView(nowMs, { id: 'alder', name: 'Alder' }));
    expect(names()).toEqual(['Alder', 'Larch']);
    expect(snapshotsFetched(client)).toBe(2);
  });

  it('ignores an event it has applied before', async () => {
    const client = createFakeClient(snapshotOf(4, 'first', 'Birch'));
    await started(client);
    client.send({
      revision: { start: 'first', sequence: 4 },
      previous: 3,
      name: 'scheduleRemoved',
      value: { id: 'birch' },
    });
    await settled();
    expect(names()).toEqual(['Birch']);
    expect(snapshotsFetched(client)).toBe(1);
  });

  it('takes the snapshot of another start, however low its sequence', async () => {
    const client = createFakeClient(snapshotOf(90, 'first', 'Birch'));
    await started(client);

    client.setSnapshot(snapshotOf(1, 'second', 'Larch'));
    client.push('settings', { values: { ...defaultSettings, theme: 'dark' }, locked: {} });
    await settled();
    expect(names()).toEqual(['Larch']);
    expect(useSettings.getState().settings?.values.theme).toBe('dark');

    client.push('schedule', aView(nowMs, { id: 'alder', name: 'Alder' }));
    expect(names()).toEqual(['Alder', 'Larch']);
  });

  it('fetches the snapshot again when the stream was broken and stands again', async () => {
    const client = createFakeClient(snapshotOf(4, 'first', 'Birch'));
    await started(client);
    client.setSnapshot(snapshotOf(9, 'first', 'Larch'));
    client.reconnect();
    await settled();
    expect(names()).toEqual(['Larch']);
  });

  it('fetches once more when the stream breaks while a snapshot is on its way', async () => {
    const answers: ((result: Result<Snapshot>) => void)[] = [];
    const client = createFakeClient(snapshotOf(4, 'first'), {
      getSnapshot: () => new Promise<Result<Snapshot>>((resolve) => answers.push(resolve)),
    });
    sync = startSync(client);
    client.reconnect();
    answers[0]?.(ok(snapshotOf(4, 'first', 'Birch')));
    await settled();
    expect(answers).toHaveLength(2);
    answers[1]?.(ok(snapshotOf(8, 'first', 'Larch')));
    await settled();
    expect(names()).toEqual(['Larch']);
  });

  it('says why there is no snapshot, and shows it when it comes', async () => {
    let isDown = true;
    const client = createFakeClient(snapshotOf(4, 'first', 'Birch'), {
      getSnapshot: () =>
        isDown
          ? { ok: false, code: 'internal', message: 'Jackdaw doesn’t answer.' }
          : ok(snapshotOf(4, 'first', 'Birch')),
    });
    await started(client);
    expect(useHost.getState().problem).toBe('Jackdaw doesn’t answer.');
    isDown = false;
    sync?.refresh();
    await settled();
    expect(useHost.getState()).toMatchObject({ problem: null, host: aHost(nowMs) });
    expect(names()).toEqual(['Birch']);
  });

  it('hears nothing more once it is stopped', async () => {
    const client = createFakeClient(snapshotOf(4, 'first', 'Birch'));
    await started(client);
    sync?.stop();
    client.push('scheduleRemoved', { id: 'birch' });
    expect(names()).toEqual(['Birch']);
  });

  it('keeps the identity of schedules that didn’t change, so that only one row draws again', async () => {
    const client = createFakeClient(snapshotOf(4, 'first', 'Birch', 'Larch'));
    await started(client);
    const before = useSchedules.getState().schedules;
    client.push('schedule', aView(nowMs, { id: 'larch', name: 'Larch', state: 'running' }));
    const after = useSchedules.getState().schedules;
    expect(after?.[0]).toBe(before?.[0]);
    expect(after?.[1]?.state).toBe('running');
  });

  it('holds a run while it is open, and lets it go when it has ended', async () => {
    const client = createFakeClient(snapshotOf(4, 'first', 'Birch'));
    await started(client);
    const open = anEntry(nowMs, { run: 12, state: 'queued', outcome: null });
    client.push('run', open);
    client.push('run', { ...open, state: 'running' });
    expect(useRuns.getState().open).toEqual([{ ...open, state: 'running' }]);
    client.push('run', { ...open, state: 'ended', outcome: 'success' });
    expect(useRuns.getState().open).toEqual([]);
  });
});
