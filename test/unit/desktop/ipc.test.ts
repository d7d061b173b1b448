import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectTestIpc, type Invoke } from '../../support/fuzz/ipc-way.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

vi.mock('electron', () => import('../../support/electron-standin/ipc.ts'));

let jackdaw: TestApp;
let invoke: Invoke;
let disconnect: () => void;
beforeEach(async () => {
  jackdaw = await openTestApp();
  ({ invoke, disconnect } = connectTestIpc(jackdaw));
});
afterEach(async () => {
  disconnect();
  await jackdaw.stop();
});

describe('desktop/ipc', () => {
  it('answers its own window what the calls answer', async () => {
    expect(await invoke('listSchedules', {})).toEqual({ ok: true, value: [] });
    expect(await invoke('getSchedule', { id: 'nobody' })).toMatchObject({ code: 'not-found' });
  });

  it.each([
    ['a number', 7],
    ['nothing', undefined],
    ['a group that turns into no text', { toString: 1 }],
    ['a list of itself', [['getStatus']]],
  ])('refuses %s for a name like any call there is not', async (_, name) => {
    expect(await invoke(name, {})).toEqual({
      ...{ ok: false, code: 'not-found', message: 'There is no call "".' },
    });
  });

  it('refuses whoever isn’t its own window before it looks at what is asked', async () => {
    const foreign = [
      { sender: {} },
      { senderFrame: null },
      { senderFrame: { origin: 'http://evil.test', parent: null } },
      { senderFrame: { origin: 'app://jackdaw', parent: {} } },
    ];
    for (const event of foreign)
      expect(await invoke({ toString: 1 }, {}, event)).toMatchObject({
        ...{ ok: false, code: 'unauthorized' },
      });
  });
});
