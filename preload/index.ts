import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { EventEnvelope } from '../contract/calls.ts';
import type { Client } from '../contract/client.ts';
import { callChannel, eventChannel } from '../contract/names.ts';
import type { Refusal, Result } from '../contract/result.ts';

/** A call that broke on the way (main is gone, or the input can't be cloned), as the refusal it is. */
function brokenCall(error: unknown): Refusal {
  const cause = error instanceof Error ? error.message : String(error);
  return { ok: false, code: 'internal', message: `Jackdaw didn't answer (${cause}). Try again.` };
}

/** The window's client over Electron's IPC. IPC is never interrupted, so `onReconnect` is never called. */
const client: Client = {
  call: (name, input) =>
    (ipcRenderer.invoke(callChannel, name, input) as Promise<Result<never>>).catch(brokenCall),
  subscribe: (onEvent) => {
    const listener = (_event: IpcRendererEvent, envelope: EventEnvelope): void => {
      onEvent(envelope);
    };
    ipcRenderer.on(eventChannel, listener);
    return () => {
      ipcRenderer.off(eventChannel, listener);
    };
  },
};

contextBridge.exposeInMainWorld('jackdaw', client);
