import { ipcMain, type WebContents } from 'electron';
import { callChannel, eventChannel } from '../../contract/names.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import type { Calls } from '../calls/calls.ts';
import type { Changes } from '../changes.ts';
import { isOwnSender } from './sender.ts';

const foreignSender: Refusal = {
  ok: false,
  code: 'unauthorized',
  message: "Only Jackdaw's own window may call Jackdaw.",
};

/** What the IPC transport joins. */
export interface IpcOptions {
  readonly calls: Calls;
  readonly changes: Changes;
  /** The contents of Jackdaw's window; null while there is none. */
  readonly contents: () => WebContents | null;
}

/**
 * Electron's transport: the window's calls in, every change out. A call from anywhere else is
 * refused before it is looked at. Answers the function that ends the transport.
 */
export function connectIpc({ calls, changes, contents }: IpcOptions): () => void {
  ipcMain.handle(
    callChannel,
    async (event, name: unknown, input: unknown): Promise<Result<unknown>> => {
      if (!isOwnSender(event.sender, event.senderFrame, contents())) return foreignSender;
      // What isn't a text has no name, and may not even turn into one.
      return calls.invoke(typeof name === 'string' ? name : '', input);
    },
  );
  const unsubscribe = changes.subscribe((event) => {
    const target = contents();
    if (target !== null && !target.isDestroyed()) target.send(eventChannel, event);
  });
  return () => {
    unsubscribe();
    ipcMain.removeHandler(callChannel);
  };
}
