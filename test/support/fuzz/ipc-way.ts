import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { callChannel } from '../../../contract/names.ts';
import type { Result } from '../../../contract/result.ts';
import { connectIpc } from '../../../main/desktop/ipc.ts';
import { ownOrigin } from '../../../main/desktop/sender.ts';
import { ipcMain } from '../electron-standin/ipc.ts';
import type { TestApp } from '../test-app.ts';
import type { Way } from './fuzz-calls.ts';

/** A call over IPC, with whatever stands for its name; `event` says who calls. */
export type Invoke = (
  name: unknown,
  input: unknown,
  event?: Partial<Record<'sender' | 'senderFrame', unknown>>,
) => Promise<Result<unknown>>;

/**
 * Connects an app to Electron's IPC, whose module a test replaces by the stand-in's. Everything that
 * crosses is cloned, as Electron does. Answers how Jackdaw's own window calls, and how to end it.
 */
export function connectTestIpc({ app }: Pick<TestApp, 'app'>): {
  readonly invoke: Invoke;
  readonly disconnect: () => void;
} {
  const contents = { isDestroyed: () => false, send: () => undefined };
  const own = { sender: contents, senderFrame: { origin: ownOrigin, parent: null } };
  const disconnect = connectIpc({
    calls: app.calls,
    changes: app.changes,
    contents: () => contents as unknown as WebContents,
  });
  return {
    invoke: async (name, input, event = {}) => {
      const args = structuredClone([name, input]);
      const asked = { ...own, ...event } as unknown as IpcMainInvokeEvent;
      const answer = await ipcMain.standInInvoke(callChannel, asked, args);
      return structuredClone(answer) as Result<unknown>;
    },
    disconnect,
  };
}

/** Over Electron's IPC. */
export const ipcWay: Way = {
  wire: 'clone',
  open: (jackdaw) => {
    const { invoke, disconnect } = connectTestIpc(jackdaw);
    const close = (): Promise<void> => {
      disconnect();
      return Promise.resolve();
    };
    return Promise.resolve({ ask: invoke, close });
  },
};
